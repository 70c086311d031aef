"""Settings from the environment only, safe for production by default; a missing one says what to do."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONCE, NONE, SELF  # noqa: F401
from django.core.exceptions import ImproperlyConfigured

SOURCE = Path(__file__).resolve().parent.parent


def needed(name: str) -> str:
    """Return an environment variable, or say in a sentence how to set it."""
    if value := os.environ.get(name):
        return value
    raise ImproperlyConfigured(
        f"{name} is not set. Start with the command `nabij`, which sets it, or export it yourself."
    )


def database(url: str, **extra: object) -> dict[str, object]:
    """Turn a postgresql:// address into Django's settings; a socket folder may stand in ?host=."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": query.pop("port", "") or parts.port or "",
        "OPTIONS": query,
        "TIME_ZONE": "Europe/Brussels",  # the second wall compares with current_date
        **extra,
    }


DEMO = os.environ.get("NABIJ_DEMO") == "1"
DEBUG = os.environ.get("NABIJ_DEBUG") == "1"
SECRET_KEY = needed("NABIJ_SECRET_KEY")
NABIJ_NOTES_KEY = needed("NABIJ_NOTES_KEY")
NABIJ_TRAIL_KEY = needed("NABIJ_TRAIL_KEY")
ALLOWED_HOSTS = os.environ.get("NABIJ_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

DATABASES = {
    "default": database(needed("DATABASE_URL"), CONN_MAX_AGE=600, CONN_HEALTH_CHECKS=True, TEST={"MIRROR": "owner"}),
    "owner": database(needed("DATABASE_OWNER_URL")),
}
DATABASE_ROUTERS = ["nabij.kernel.wall.OwnerMigrates"]
NABIJ_TRAIL_URL = needed("DATABASE_TRAIL_URL")
NABIJ_ROLES = {
    "app": DATABASES["default"]["USER"],
    "trail": unquote(urlsplit(NABIJ_TRAIL_URL).username or ""),
    "backup": unquote(urlsplit(os.environ.get("DATABASE_BACKUP_URL", "")).username or ""),
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "csp",
    "nabij.kernel",
    "nabij.ui",
    "nabij.audit",
    "nabij.territory",
    "nabij.access",
    "nabij.signin",
    "nabij.signin.oidc",
    "nabij.households",
    "nabij.casework",
    "nabij.frontdesk",
    "nabij.advice",
    "nabij.informing",
    "nabij.oversight",
    "nabij.privacy",
    "nabij.journeys",
    "nabij.desk",
    "nabij.demo",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "nabij.kernel.guarding.Guarded",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # after what static files need as well
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "nabij.signin.middleware.WholeSession",
    "nabij.signin.oidc.middleware.FollowsDirectory",
    "nabij.signin.pace.Pace",
    "nabij.access.middleware.SignInFirst",
    "nabij.config.blank.NothingBlank",
    "nabij.access.middleware.OneTransaction",  # last: it holds the view and the rendering
]
ROOT_URLCONF = "nabij.config.urls"
WSGI_APPLICATION = "nabij.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "nabij.ui.templatetags.nabij_text"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "nabij.config.shell.shell",
            ],
        },
    }
]
FORM_RENDERER = "nabij.ui.forms.Renderer"

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["nabij.access.backends.EmailBackend"]
LOGIN_URL = "access:sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "nabij.access.guessable.LeakedPassword"},  # of those that are long enough Django knows 187
    {"NAME": "nabij.access.guessable.HouseWords"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

# Compulsory, and never off outside the demo; in the demo who likes to may try one, or it is asked of all.
NABIJ_SECOND_FACTOR = not DEMO or os.environ.get("NABIJ_SECOND_FACTOR") == "1"
NABIJ_IDLE_MINUTES = int(os.environ.get("NABIJ_IDLE_MINUTES", "60"))
NABIJ_SESSION_HOURS = int(os.environ.get("NABIJ_SESSION_HOURS", "12"))
NABIJ_PROOF_MINUTES = int(os.environ.get("NABIJ_PROOF_MINUTES", "10"))
NABIJ_DIRECTORY_MINUTES = int(
    os.environ.get("NABIJ_DIRECTORY_MINUTES", "15")
)  # asked again whether somebody still works here
NABIJ_DIRECTORY_HOURS = int(os.environ.get("NABIJ_DIRECTORY_HOURS", "4"))  # a session that cannot be asked again
NABIJ_INVITATION_DAYS = int(os.environ.get("NABIJ_INVITATION_DAYS", "7"))
# Pages of one worker in an hour, for each process; a busy desk asks some hundreds. The demo holds nobody's data: no limit.
NABIJ_PAGES_PER_HOUR = int(os.environ.get("NABIJ_PAGES_PER_HOUR", "0" if DEMO else "1500"))

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [SOURCE / room / "locale" for room in ("ui", "access", "casework", "informing", "oversight", "config")]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True  # straight from the rooms: nothing is collected, so there is no STATIC_ROOT

SESSION_COOKIE_NAME = "nabij" if DEMO else "__Host-nabij"
CSRF_COOKIE_NAME = "csrftoken" if DEMO else "__Host-csrftoken"
LANGUAGE_COOKIE_NAME = "nabij-taal" if DEMO else "__Host-nabij-taal"
SESSION_COOKIE_AGE = NABIJ_SESSION_HOURS * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "nabij.config.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("NABIJ_ORIGINS", "").split(",") if origin]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMO
SECURE_SSL_REDIRECT = not DEMO and os.environ.get("NABIJ_TLS", "1") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("NABIJ_PROXY") == "1" else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_HANDLERS: list[str] = []  # no page takes a file, so none is kept, not even for a moment
SILENCED_SYSTEM_CHECKS = ["fields.W342"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A refusal is a page and stands in the trail; in a log its address would be a list of households.
    "loggers": {"django.request": {"level": "ERROR"}},
}
