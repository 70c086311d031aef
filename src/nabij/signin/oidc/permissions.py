"""May this person? Setting up who comes in from elsewhere is for who manages the municipality."""

from nabij.access.permissions import manage_municipality

__all__ = ["manage_municipality"]
