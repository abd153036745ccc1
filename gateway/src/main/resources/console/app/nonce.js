// The page's policy lets in only styles that carry its nonce; the component library writes its own at run time.
const nonce = document.querySelector('meta[name=nonce]').content;
const create = document.createElement.bind(document);

document.createElement = (name, options) => {
  const element = create(name, options);
  if (String(name).toLowerCase() === 'style') {
    element.nonce = nonce;
  }
  return element;
};
