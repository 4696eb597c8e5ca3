"""Commercial cryptography (商用密码): SM2 signatures, SM3 digests, SM4 for personal fields.

``sm3``     digests and keyed digests (GB/T 32905)
``sm2``     key generation, signing, verifying (GB/T 32918.2)
``keys``    SM2 keys as values, to and from PEM and DER
``fields``  personal fields: authenticated encryption with SM4, rotation of keys, an index to search by
"""
