"""How names are compared: full and half width alike, without blanks, brackets and points, in capitals."""

# Of immutable functions only, for an index stands on it. `{column}` is the name's column.
FOLDED = "upper(translate(normalize({column}, NFKC), ' ()·•・.-', ''))"
