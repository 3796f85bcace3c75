"""Single sign-on by the council's own OpenID provider, with roles from what it claims."""
