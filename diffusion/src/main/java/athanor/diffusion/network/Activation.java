package athanor.diffusion.network;

import athanor.diffusion.program.Ops;
import java.util.Locale;

/** The point-wise functions that configurations name. */
public enum Activation {
    SILU,
    GELU,
    GELU_TANH,
    QUICK_GELU,
    RELU,
    MISH;

    static Activation of(String part, String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "silu", "swish" -> SILU;
            case "gelu" -> GELU;
            // three spellings in transformers of one formula
            case "gelu_new", "gelu_fast", "gelu_pytorch_tanh" -> GELU_TANH;
            case "quick_gelu" -> QUICK_GELU;
            case "relu" -> RELU;
            case "mish" -> MISH;
            default ->
                throw new UnknownArchitectureException(
                        "%s/config.json: the activation is %s, wanted silu, gelu, gelu_new, quick_gelu, relu or mish"
                                .formatted(part, name));
        };
    }

    <T> T apply(Ops<T> ops, T x) {
        return switch (this) {
            case SILU -> ops.silu(x);
            case GELU -> ops.gelu(x);
            case GELU_TANH -> ops.geluTanh(x);
            case QUICK_GELU -> ops.quickGelu(x);
            case RELU -> ops.relu(x);
            case MISH -> ops.mish(x);
        };
    }
}
