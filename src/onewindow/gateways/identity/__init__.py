"""The province's identity service (省统一身份认证), spoken to by OpenID Connect."""
