"""The office (受理): what users do with packages, each use once, whoever asks: a page, the API or a command.

Every function takes the office and the actor first, asks the tables of `duibiao.procedure` whether the actor may, writes the audit
log in the same transaction, and raises only `OfficeError`.
"""
