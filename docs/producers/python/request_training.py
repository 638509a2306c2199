"""Puts a folder of photographs into Athanor's bucket and asks for a LoRA of them, with one event.

    pip install -r requirements.txt
    python request_training.py FOLDER TRIGGER CLASS-NOUN
"""

import json
import os
import pathlib
import sys
import uuid
from datetime import datetime, timezone

from confluent_kafka import Producer
from minio import Minio

# What ./athanor up prints; a stack elsewhere has other addresses and keys.
BROKER = os.environ.get("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092")
STORE = os.environ.get("ATHANOR_STORE", "127.0.0.1:9000")
ACCESS_KEY = os.environ.get("AWS_ACCESS_KEY_ID", "athanor")
SECRET_KEY = os.environ.get("AWS_SECRET_ACCESS_KEY", "athanor-secret")
BUCKET = "athanor"

EVENT = json.loads("""
{
  "runId": "kafka-1",
  "name": "anna",
  "requestedAt": "2026-11-23T12:00:00Z",
  "source": { "bucket": "athanor", "prefix": "uploads/kafka-1/" },
  "recipe": { "baseModel": "tiny", "subject": { "trigger": "sks", "classNoun": "woman" } }
}
""")


def request_training(folder: pathlib.Path, trigger: str, class_noun: str) -> str:
    """Returns the run's id when the broker has the event; ./athanor run ID follows the run."""
    # Letters a to z, digits and hyphens; one request, one id, so that sending it twice starts one run.
    run = f"kafka-{uuid.uuid4()}"
    prefix = f"uploads/{run}/"
    store = Minio(STORE, ACCESS_KEY, SECRET_KEY, secure=False)
    for photograph in sorted(folder.iterdir()):
        store.fput_object(BUCKET, prefix + photograph.name, str(photograph))

    now = datetime.now(timezone.utc).isoformat()
    event = EVENT | {
        "runId": run,
        "name": folder.name,
        "requestedAt": now,
        "source": {"bucket": BUCKET, "prefix": prefix},
    }
    event["recipe"]["subject"] = {"trigger": trigger, "classNoun": class_noun}
    headers = {  # CloudEvents 1.0, binary mode
        "ce_specversion": "1.0",
        "ce_id": f"{run}/request/0",
        "ce_type": "athanor.RunRequested.v1",
        "ce_source": "/example",
        "ce_time": now,
        "content-type": "application/json",
    }
    told = []
    producer = Producer({"bootstrap.servers": BROKER})
    producer.produce(
        "athanor.run-requested",
        key=run,
        value=json.dumps(event),
        headers=headers,
        on_delivery=lambda error, record: told.append(error),
    )
    producer.flush(30)
    if told != [None]:
        raise SystemExit(f"the broker at {BROKER} did not take the event: {told or 'no answer'}")
    return run


if __name__ == "__main__":
    print(request_training(pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
