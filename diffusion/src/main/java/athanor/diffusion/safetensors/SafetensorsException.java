package athanor.diffusion.safetensors;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A safetensors file that is not what it should be: which file, which tensor, what was found, what was wanted. */
public final class SafetensorsException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final @Nullable String tensor;
    private final String found;
    private final String wanted;

    public SafetensorsException(String file, @Nullable String tensor, String found, String wanted) {
        super("%s: %sfound %s, wanted %s"
                .formatted(file, tensor == null ? "" : "tensor \"" + tensor + "\": ", found, wanted));
        this.file = file;
        this.tensor = tensor;
        this.found = found;
        this.wanted = wanted;
    }

    SafetensorsException(String file, @Nullable String tensor, IOException cause, String wanted) {
        this(file, tensor, cause.getClass().getSimpleName() + " (" + cause.getMessage() + ")", wanted);
        initCause(cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    public String file() {
        return file;
    }

    /** Null where the file as a whole is wrong. */
    public @Nullable String tensor() {
        return tensor;
    }

    public String found() {
        return found;
    }

    public String wanted() {
        return wanted;
    }
}
