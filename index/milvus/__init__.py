"""The same index in Milvus: for more creators than one machine holds, or several machines that search.

Importing it is cheap; pymilvus (`nanoreach[milvus]`) loads with the first connection.
"""

from index.milvus.library import MilvusLibrary
from index.milvus.place import MilvusPlace
from index.milvus.server import Server

__all__ = ["MilvusLibrary", "MilvusPlace", "Server"]
