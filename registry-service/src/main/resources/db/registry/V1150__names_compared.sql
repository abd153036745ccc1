-- Two ways of writing one name: separators and accents are encoded differently. The same as PersonName.compared.
create function name_compared(name text) returns text
    language sql immutable strict parallel safe
    return translate(normalize(name, NFC), '•・‧', '···');
