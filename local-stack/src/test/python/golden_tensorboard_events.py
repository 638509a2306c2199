"""The event file that LossesTest wants, written by TensorBoard's own record writer and messages.

pip install tensorboard==2.20.0 protobuf setuptools; python losses_golden.py
"""

import io

from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.record_writer import RecordWriter

NOON = 1795435200.0


class Kept(io.BytesIO):
    def close(self):
        pass


def main():
    file = Kept()
    writer = RecordWriter(file)
    at = NOON + 150.0
    first = Event(wall_time=at, file_version="brain.Event:2")
    writer.write(first.SerializeToString())
    tags = [("loss/instance", 0.25), ("learning_rate", 1e-4), ("seconds_per_step", 0.5), ("loss/prior", 0.125)]
    values = [Summary.Value(tag=tag, simple_value=value) for tag, value in tags]
    writer.write(Event(wall_time=at, step=300, summary=Summary(value=values)).SerializeToString())
    print(file.getvalue().hex())


main()
