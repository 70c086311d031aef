// A certified OpenID provider with people of our own, for tests only: it listens on this machine and stops with its parent.
//
// The first line that it writes says where. Below /_people tests change who there is: a person whose `closed` is true is
// unknown from then on, as one who left the municipality. The page of signing in is a list of names.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const given = JSON.parse(process.env.NABIJ_TEST_PROVIDER);
const people = new Map(given.people.map((person) => [person.sub, person]));
const CLAIMS = ['name', 'email', 'email_verified', 'preferred_username', 'roles', 'groups', 'tid', 'oid',
  'vo_id', 'vo_orgcode', 'vo_orgnaam', 'vo_doelgroepcode', 'mijntoepassing_rol_3d'];

function account(sub) {
  const person = people.get(sub);
  if (!person || person.closed) return undefined;
  return { accountId: sub, claims: async () => ({ sub, ...person.claims }) };
}

const server = createServer();
await new Promise((ready) => { server.listen(given.port || 0, '127.0.0.1', ready); });
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: given.clients,
  jwks: given.jwks,
  cookies: { keys: ['only for tests'] },
  findAccount: (_ctx, sub) => account(sub),
  claims: { openid: ['sub', 'acr', 'amr', 'sid', 'auth_time', ...CLAIMS] },
  conformIdTokenClaims: false,
  scopes: ['openid', 'profile', 'email', 'offline_access', 'vo', 'mijntoepassing'],
  acrValues: ['urn:be:vlaanderen:authmech:csamtotp', 'urn:be:vlaanderen:authmech:userpass'],
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  interactions: { url: (_ctx, interaction) => `/_choose/${interaction.uid}` },
  // The standard wants a question at every sign-in before it gives these; Entra ID and ACM/IDM give them without.
  issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
  rotateRefreshToken: true,
  // It calls no address of this machine, as it should; here there is no other.
  fetch: (address, options) => fetch(address, { ...options, dispatcher: undefined }),
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope('openid profile email offline_access vo mijntoepassing');
    await grant.save();
    return grant;
  },
  ttl: { Session: 3600, Interaction: 600, Grant: 3600, IdToken: 600, AccessToken: 600, RefreshToken: 3600 },
});
// Each test has a directory of its own, with an address of its own to come back to.
provider.Client.prototype.redirectUriAllowed = (uri) => given.back.some((one) => new RegExp(`^${one}$`).test(uri));
const answer = provider.callback();

function body(request) {
  return new Promise((done) => {
    let text = '';
    request.on('data', (part) => { text += part; });
    request.on('end', () => done(text));
  });
}

const PAGE = (rows) => `<!doctype html><html lang="nl"><title>Aanmelddienst van de tests</title><h1>Wie ben je?</h1>
<form method="post">${rows}</form></html>`;

server.on('request', async (request, response) => {
  if (request.url === '/_people') {
    for (const person of JSON.parse(await body(request))) people.set(person.sub, person);
    response.end('{}');
  } else if (request.url.startsWith('/_choose/') && request.method === 'GET') {
    const rows = [...people.values()].map((one) => `<button name="sub" value="${one.sub}">${one.claims.name}</button>`);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(PAGE([...rows, '<button name="sub" value="">Toch niet</button>'].join('<br>')));
  } else if (request.url.startsWith('/_choose/')) {
    const sub = new URLSearchParams(await body(request)).get('sub');
    const person = people.get(sub);
    const result = person && !person.closed
      ? { login: { accountId: sub, acr: person.acr, amr: person.amr }, consent: {} }
      : { error: 'access_denied', error_description: 'nobody signed in' };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  } else {
    answer(request, response);
  }
});
provider.on('backchannel.error', (_ctx, error) => console.error(error));
provider.on('server_error', (_ctx, error) => console.error(error));
process.stdin.on('end', () => process.exit(0)).resume();
console.log(JSON.stringify({ issuer }));
