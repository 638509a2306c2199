package athanor.diffusion.runtime;

import athanor.diffusion.checkpoint.Weights;
import athanor.diffusion.program.ParameterTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of a table one after another as float32: while one is used, another thread reads the next. Two buffers of the largest
 * tensor's size are all that it takes.
 */
final class ReadAhead implements AutoCloseable {

    private final ParameterTable table;
    private final Map<String, Weights> networks;
    private final List<ByteBuffer> buffers;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "reads weights");
        thread.setDaemon(true);
        return thread;
    });
    private int at;
    private @Nullable Future<ByteBuffer> coming;

    /** @param networks weights by network prefix, {@code unet/} */
    ReadAhead(ParameterTable table, Map<String, Weights> networks) {
        this.table = table;
        this.networks = networks;
        int largest = table.names().stream().mapToInt(table::elements).max().orElse(0);
        this.buffers = List.of(room(largest), room(largest));
        this.coming = begin();
    }

    private static ByteBuffer room(int elements) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(elements, Float.BYTES));
    }

    private @Nullable Future<ByteBuffer> begin() {
        if (at == table.names().size()) {
            return null;
        }
        String name = table.names().get(at);
        ByteBuffer buffer =
                buffers.get(at % 2).slice(0, table.elements(name) * Float.BYTES).order(ByteOrder.nativeOrder());
        return reader.submit(() -> {
            FrozenProgram.weightsOf(networks, name).read(FrozenProgram.plain(name), buffer.asFloatBuffer());
            return buffer;
        });
    }

    /** The next tensor; its buffer is good until the one after it is asked for. */
    ByteBuffer next() {
        Future<ByteBuffer> now = coming;
        if (now == null) {
            throw new NoSuchElementException("all %d tensors are read".formatted(at));
        }
        try {
            ByteBuffer read = now.get();
            at++;
            coming = begin();
            return read;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while weights were read", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause; // it names file and tensor, and nothing of this thread is worth adding
            }
            throw new IllegalStateException("weights could not be read", e.getCause());
        }
    }

    /** What is still being read is read to its end, into a buffer that nobody else has. */
    @Override
    public void close() {
        reader.shutdown();
    }
}
