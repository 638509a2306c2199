package athanor.diffusion.lora;

/** A LoRA file that cannot be used. The message says which file and layer, what was found and what was wanted. */
public final class LoraFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LoraFileException(String message) {
        super(message);
    }

    LoraFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
