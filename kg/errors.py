"""What can go wrong, as a tree.

::

    KgError                    anything a user can mend; the message says what, where and how
    ├── InputError             an article, gold file or statement file cannot be read
    ├── CatalogueError         seeds/actors or an overlay breaks a rule of the schema
    ├── OntologyError          kg/data/relations.toml or the lexicon breaks a rule of the schema
    ├── PipelineError          a run's TOML has an unknown key, or a run's own assertion failed
    ├── ModelError             a language model or weights file is missing or is not the pinned one
    └── StoreError             the graph server
        ├── Unreachable        no answer at the address
        ├── AuthFailed         the server refuses the user or the password
        ├── QueryError         the server refuses the Cypher text
        ├── WriteRefused       a query that would write, without permission to
        └── StoreBusy          the embedded directory is held by something that is not ours

The command line prints a ``KgError`` as one line and exits with its ``exit_code``: 2 where the user's words or
files are at fault, 1 where the world is.
"""

from __future__ import annotations


class KgError(Exception):
    """Base of every error that is reported as one line."""

    exit_code = 1


class InputError(KgError):
    exit_code = 2


class CatalogueError(KgError):
    exit_code = 2


class OntologyError(KgError):
    exit_code = 2


class PipelineError(KgError):
    exit_code = 2


class ModelError(KgError):
    pass


class StoreError(KgError):
    pass


class Unreachable(StoreError):
    pass


class AuthFailed(StoreError):
    pass


class QueryError(StoreError):
    exit_code = 2


class WriteRefused(StoreError):
    exit_code = 2


class StoreBusy(StoreError):
    pass
