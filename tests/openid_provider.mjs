// An OpenID provider that others wrote (npm oidc-provider), told by the tests who comes and how
// its next answer is to be forged:  node tests/openid_provider.mjs PORT KEY-ID BACK
// PUT /told {"person": {"sub": ..., "roles": [...]}, "forge": "unsigned"}
import { createServer } from 'node:http';
import * as jose from 'jose';
import { Provider } from 'oidc-provider';

const [port, kid, back] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;
const { privateKey } = await jose.generateKeyPair('RS256', { extractable: true });
const { privateKey: another } = await jose.generateKeyPair('RS256', { extractable: true });
let told = { person: { sub: 'nobody' }, forge: '' };
let before = '';

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'realise',
    client_secret: 'a secret of the tests',
    redirect_uris: [`${back}/sign-in/openid/back`],
    post_logout_redirect_uris: [`${back}/sign-in`],
  }],
  jwks: { keys: [{ ...(await jose.exportJWK(privateKey)), kid, use: 'sig', alg: 'RS256' }] },
  cookies: { keys: ['a key of the tests'] },
  pkce: { required: () => true },
  claims: { openid: ['sub', 'roles'], profile: ['name'], email: ['email'] },
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...told.person, sub }) }),
  async loadExistingGrant({ oidc }) {
    const who = { clientId: oidc.client.clientId, accountId: oidc.session.accountId };
    const grant = new oidc.provider.Grant(who);
    grant.addOIDCScope('openid profile email');
    await grant.save();
    return grant;
  },
});

async function forged(token, how) {
  const claims = jose.decodeJwt(token);
  const signed = (more, key = privateKey, header = { alg: 'RS256', kid }) =>
    new jose.SignJWT({ ...claims, ...more }).setProtectedHeader(header).sign(key);
  const past = Math.floor(Date.now() / 1000) - 86400;
  switch (how) {
    case 'unsigned': return new jose.UnsecuredJWT(claims).encode();
    case 'another key': return signed({}, another);
    case 'shared secret':
      return signed({}, new TextEncoder().encode('a secret of the tests'), { alg: 'HS256' });
    case 'expired': return signed({ exp: past, iat: past - 60 });
    case 'for another': return signed({ aud: 'another' });
    case 'from another': return signed({ iss: 'https://elsewhere.example' });
    case 'without nonce': return signed({ nonce: undefined });
    case 'played again': return before;
    case 'changed': {
      const parts = token.split('.');
      const more = JSON.stringify({ ...claims, roles: ['Realise.PMO', 'Realise.Admin'] });
      return [parts[0], Buffer.from(more).toString('base64url'), parts[2]].join('.');
    }
    default: return token;
  }
}

provider.use(async (ctx, next) => {
  await next();
  if (ctx.path === '/token' && ctx.body?.id_token) {
    const real = ctx.body.id_token;
    ctx.body.id_token = await forged(real, told.forge);
    before = real;
  }
});

const answer = provider.callback();
createServer((request, response) => {
  if (request.url === '/told') {
    let sent = '';
    request.on('data', (part) => { sent += part; });
    request.on('end', () => { told = { forge: '', ...JSON.parse(sent) }; response.end('told'); });
  } else if (request.url.startsWith('/interaction/')) {
    const login = { accountId: told.person.sub };
    provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
  } else {
    answer(request, response);
  }
}).listen(Number(port), 'localhost', () => console.log('listening'));
