// Hands the issuer's answer to the page that opened this frame, and to no other.
if (window.parent !== window) {
  window.parent.postMessage({ kind: 'silent', answer: location.search }, location.origin);
}
