package athanor.people.tflite;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.BuiltinOpResolver;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;

/**
 * One network in native memory, and as many interpreters of it as threads have asked at once, up to a limit. An interpreter holds
 * the activations of one call and cannot be shared; the weights are.
 */
final class Network implements AutoCloseable {

    private static final int OK = 0;

    private final String name;
    private final int atOnce;
    private final BytePointer bytes; // the model points into it
    private final FlatBufferModel model;
    private final BuiltinOpResolver operators;
    private final Semaphore free;
    private final Deque<Interpreter> idle = new ArrayDeque<>();
    private final int outputs;
    private boolean closed;

    /** @param atOnce how many threads may compute at the same time; others wait */
    Network(String name, byte[] file, int atOnce) {
        this.name = name;
        this.atOnce = atOnce;
        this.free = new Semaphore(atOnce, true);
        bytes = new BytePointer(file);
        model = FlatBufferModel.BuildFromBuffer(bytes, file.length);
        if (model == null || model.isNull()) {
            bytes.deallocate();
            throw new IllegalStateException("TensorFlow Lite takes %s for no model".formatted(name));
        }
        operators = new BuiltinOpResolver();
        Interpreter first = interpreter(); // whoever loads it learns now whether it runs
        outputs = (int) first.outputs().capacity();
        idle.push(first);
    }

    /** @return all outputs, flattened, in the model's own order */
    float[][] run(float[] input) {
        free.acquireUninterruptibly();
        try {
            Interpreter interpreter = take();
            try {
                return invoke(interpreter, input);
            } finally {
                giveBack(interpreter);
            }
        } finally {
            free.release();
        }
    }

    private float[][] invoke(Interpreter interpreter, float[] input) {
        long expected = interpreter.input_tensor(0).bytes() / Float.BYTES;
        if (input.length != expected) {
            throw new IllegalArgumentException("%s takes %d numbers, got %d".formatted(name, expected, input.length));
        }
        interpreter.typed_input_tensor_float(0).put(input, 0, input.length);
        if (interpreter.Invoke() != OK) {
            throw new IllegalStateException("TensorFlow Lite failed in " + name);
        }
        float[][] answer = new float[outputs][];
        for (int i = 0; i < outputs; i++) {
            answer[i] = new float[(int) (interpreter.output_tensor(i).bytes() / Float.BYTES)];
            interpreter.typed_output_tensor_float(i).get(answer[i]);
        }
        return answer;
    }

    private synchronized Interpreter take() {
        if (closed) {
            throw new IllegalStateException(name + " was closed; look before closing");
        }
        Interpreter ready = idle.poll();
        return ready != null ? ready : interpreter();
    }

    private synchronized void giveBack(Interpreter interpreter) {
        idle.push(interpreter);
    }

    private Interpreter interpreter() {
        Interpreter interpreter = new Interpreter((Pointer) null);
        try (InterpreterBuilder builder = new InterpreterBuilder(model, operators)) {
            if (builder.apply(interpreter, 1) != OK || interpreter.AllocateTensors() != OK) {
                throw new IllegalStateException("TensorFlow Lite has no interpreter for " + name);
            }
        }
        return interpreter;
    }

    /** Waits for the calls under way. */
    @Override
    public void close() {
        free.acquireUninterruptibly(atOnce);
        try {
            release();
        } finally {
            free.release(atOnce);
        }
    }

    private synchronized void release() {
        if (closed) {
            return;
        }
        closed = true;
        idle.forEach(Pointer::deallocate);
        idle.clear();
        operators.deallocate();
        model.deallocate();
        bytes.deallocate();
    }
}
