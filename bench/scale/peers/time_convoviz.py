"""Times convoviz's own loader of conversations.json, without the writing of anything.

Usage: python time_convoviz.py FILE; prints one line of JSON.
"""

import json
import platform
import resource
import sys
from datetime import datetime
from importlib.metadata import version
from time import perf_counter, process_time

from convoviz.models import Conversation, ConversationSet, Message, Node

# Its models name a type that they import for type checkers alone. Today's pydantic, which is the faster one, wants to be
# told what that is; the pydantic of its time found out by itself.
for model in (Message, Node, Conversation, ConversationSet):
    model.model_rebuild(
        force=True,
        _types_namespace={
            "datetime": datetime,
            "Message": Message,
            "Node": Node,
            "Conversation": Conversation,
        },
    )

started, worked = perf_counter(), process_time()
collection = ConversationSet.from_json(sys.argv[1])
seconds, cpu_seconds = perf_counter() - started, process_time() - worked
messages = sum(
    1
    for conversation in collection.array
    for node in conversation.mapping.values()
    if node.message is not None
)
print(
    json.dumps(
        {
            "seconds": seconds,
            "cpuSeconds": cpu_seconds,
            "conversations": len(collection.array),
            "messages": messages,
            "refused": 0,
            "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            "version": f"convoviz {version('convoviz')}, pydantic {version('pydantic')}, Python {platform.python_version()}",
        }
    )
)
