// 登录: authorization code with PKCE. The token stays in this tab: in memory, and in the session's store over a reload.
import { reactive } from './html.js';

const KEPT = 'jiexu.console.session';
const BEGUN = 'jiexu.console.login';
const RENEW_BEFORE = 120_000;
const PATIENCE = 15_000;
const HERE = new URL('./', location.href.split('#')[0].split('?')[0]).href;

export const session = reactive({ user: null, expired: false });

let settings;
let endpoints;
let tokens;
let timer;

const base64url = bytes =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

function claimsOf(token) {
  const text = atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/'));
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(text, c => c.charCodeAt(0))));
}

/** Returns true when somebody is logged in; false when the browser is on its way to the issuer. */
export async function begin(config) {
  settings = config;
  const query = new URLSearchParams(location.search);
  if (query.has('code') || query.has('error')) {
    const begun = JSON.parse(sessionStorage.getItem(BEGUN) ?? 'null');
    sessionStorage.removeItem(BEGUN);
    history.replaceState(null, '', HERE + (begun?.hash ?? ''));
    if (begun && query.get('state') === begun.state && query.has('code')) {
      take(await exchange(query.get('code'), begun.verifier, HERE));
      return true;
    }
    if (query.has('error')) {
      throw new Error(`${query.get('error')}: ${query.get('error_description') ?? ''}`);
    }
  }
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
  if (kept && kept.until > Date.now() + 5_000) {
    take(kept);
    return true;
  }
  await logIn();
  return false;
}

export async function logIn() {
  const begun = { verifier: random(), state: random(), hash: location.hash };
  sessionStorage.setItem(BEGUN, JSON.stringify(begun));
  location.assign(await authorizeUrl(begun, HERE));
}

export async function logOut() {
  const idToken = tokens?.idToken;
  forget();
  const found = await discover();
  if (!found.end_session_endpoint || !idToken) {
    await logIn();
    return;
  }
  const query = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: HERE });
  location.assign(`${found.end_session_endpoint}?${query}`);
}

/** The token to send, or null when it has ended. */
export function bearer() {
  return tokens && tokens.until > Date.now() ? tokens.access : null;
}

/** A service has not believed the token, or its time is over. */
export function expire() {
  sessionStorage.removeItem(KEPT);
  session.expired = true;
}

async function discover() {
  endpoints ??= await (await fetch(`${settings.issuer}/.well-known/openid-configuration`)).json();
  return endpoints;
}

async function authorizeUrl({ verifier, state }, redirect, more = {}) {
  const found = await discover();
  const challenge = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: redirect,
    scope: settings.scope,
    state,
    code_challenge: base64url(challenge),
    code_challenge_method: 'S256',
    ...more
  });
  return `${found.authorization_endpoint}?${query}`;
}

async function exchange(code, verifier, redirect) {
  const found = await discover();
  const answer = await fetch(found.token_endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: settings.clientId,
      code,
      redirect_uri: redirect,
      code_verifier: verifier
    })
  });
  const given = await answer.json();
  if (!answer.ok) {
    throw new Error(`${given.error ?? answer.status}`);
  }
  return { access: given.access_token, idToken: given.id_token, until: Date.now() + given.expires_in * 1000 };
}

function take(given) {
  tokens = given;
  sessionStorage.setItem(KEPT, JSON.stringify(given));
  const claims = claimsOf(given.access);
  session.user = {
    name: claims.sub,
    role: String(claims.role ?? '').toUpperCase(),
    region: claims.region ?? null,
    province: claims.province ?? null
  };
  session.expired = false;
  clearTimeout(timer);
  timer = setTimeout(renew, Math.max(1_000, given.until - Date.now() - RENEW_BEFORE));
}

function forget() {
  clearTimeout(timer);
  sessionStorage.removeItem(KEPT);
  tokens = null;
}

/** In a frame that nobody sees; when the issuer wants to see the person, the page says so and stays as it is. */
export async function renew() {
  const begun = { verifier: random(), state: random() };
  const redirect = `${HERE}silent.html`;
  try {
    const answer = await inFrame(await authorizeUrl(begun, redirect, { prompt: 'none' }));
    if (answer.get('state') !== begun.state || !answer.has('code')) {
      throw new Error(answer.get('error') ?? 'no code');
    }
    const before = session.user?.name;
    const given = await exchange(answer.get('code'), begun.verifier, redirect);
    if (before && claimsOf(given.access).sub !== before) {
      throw new Error('somebody else');
    }
    take(given);
    return true;
  } catch {
    clearTimeout(timer);
    timer = setTimeout(expire, Math.max(0, (tokens?.until ?? 0) - Date.now()));
    return false;
  }
}

function inFrame(address) {
  return new Promise((resolve, reject) => {
    const frame = document.createElement('iframe');
    const end = setTimeout(() => finish(() => reject(new Error('no answer'))), PATIENCE);
    const listen = event => {
      if (event.origin === location.origin && event.source === frame.contentWindow && event.data?.kind === 'silent') {
        finish(() => resolve(new URLSearchParams(event.data.answer)));
      }
    };
    function finish(how) {
      clearTimeout(end);
      removeEventListener('message', listen);
      frame.remove();
      how();
    }
    addEventListener('message', listen);
    frame.hidden = true;
    frame.src = address;
    document.body.append(frame);
  });
}
