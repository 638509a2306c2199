package athanor.diffusion.program;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtModel;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import athanor.diffusion.OutOfMemoryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A TorchScript program in libtorch. Not thread safe: one call at a time.
 *
 * <p>Whoever calls hands over a manager that will own the results; close it after use.
 */
public final class TorchProgram implements AutoCloseable {

    static {
        TorchEngine.prepare();
    }

    private final Model model;
    private final PtSymbolBlock block;
    private final String source;

    private TorchProgram(Model model, String source) {
        this.model = model;
        this.block = (PtSymbolBlock) model.getBlock();
        this.source = source;
    }

    /**
     * Compiles a program on a device.
     *
     * @param methods the method definitions that {@link Emitter} printed
     * @throws OutOfMemoryException where its constants do not fit
     */
    public static TorchProgram load(String methods, ai.djl.Device device) {
        return OutOfMemoryException.translating(() -> compiled(methods, device));
    }

    private static TorchProgram compiled(String methods, ai.djl.Device device) {
        Model model = Model.newInstance("athanor", device, "PyTorch");
        try {
            ((PtModel) model).load(new ByteArrayInputStream(archive(methods)), false);
        } catch (IOException e) {
            model.close();
            throw new UncheckedIOException(e);
        } catch (MalformedModelException | RuntimeException e) {
            model.close();
            throw new IllegalStateException("libtorch refused the emitted program: " + e.getMessage(), e);
        }
        return new TorchProgram(model, methods);
    }

    /** What {@code torch.jit.load} reads: the same program for a machine that has PyTorch but no Java. */
    public static byte[] archive(String methods) {
        return TorchScriptArchive.of(methods);
    }

    /** A manager whose arrays live as long as the program. */
    public NDManager manager() {
        return model.getNDManager();
    }

    /**
     * Calls a method without gradients.
     *
     * @param scope owner of the results
     * @param arguments arrays, or lists of arrays
     * @throws OutOfMemoryException where what it computes does not fit
     */
    public NDList call(NDManager scope, String method, Object... arguments) {
        return OutOfMemoryException.translating(() -> forward(scope, false, method, arguments));
    }

    /** Calls a method that asks for gradients inside itself; otherwise like {@link #call}. */
    public NDList callWithGradients(NDManager scope, String method, Object... arguments) {
        return OutOfMemoryException.translating(() -> forward(scope, true, method, arguments));
    }

    private NDList forward(NDManager scope, boolean gradients, String method, Object... arguments) {
        NDList inputs = new NDList(arguments.length + 1);
        // The results belong to the manager of the first array, so the marker that names the method goes first.
        try (NDArray marker = scope.create(new float[] {0})) {
            marker.setName("module_method:" + method);
            inputs.add(marker);
            int lists = 0;
            for (Object argument : arguments) {
                if (argument instanceof NDArray array) {
                    array.setName(null);
                    inputs.add(array);
                } else if (argument instanceof List<?> list) {
                    String name = "list" + lists++ + "[]";
                    for (Object element : list) {
                        NDArray array = (NDArray) element;
                        array.setName(name);
                        inputs.add(array);
                    }
                } else {
                    throw new IllegalArgumentException("an argument is an array or a list of arrays, not " + argument);
                }
            }
            // Both are properties of the thread; engine start sets them in one thread only.
            JniUtils.setGraphExecutorOptimize(false);
            TorchExit.ofThisProcess().enter();
            try {
                JniUtils.setGradMode(gradients);
                return IValueUtils.forward(block, inputs, gradients);
            } finally {
                JniUtils.setGradMode(false);
                TorchExit.ofThisProcess().leave();
            }
        }
    }

    /** The TorchScript text, for a reader or a failing test. */
    public String source() {
        return source;
    }

    @Override
    public void close() {
        model.close();
    }
}
