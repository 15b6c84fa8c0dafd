"""How statements are worded: a table a language, in two halves, each rule with its example."""
