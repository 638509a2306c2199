package athanor.diffusion.network;

/** A configuration asks for something that the networks here do not have. The message names part, key, found and wanted. */
public final class UnknownArchitectureException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UnknownArchitectureException(String message) {
        super(message);
    }
}
