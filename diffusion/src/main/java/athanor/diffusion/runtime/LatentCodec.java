package athanor.diffusion.runtime;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import athanor.diffusion.checkpoint.Weights;
import athanor.diffusion.network.AutoencoderKL;
import athanor.diffusion.network.VaeConfig;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.EmittedProgram;
import athanor.diffusion.program.Emitter;
import athanor.diffusion.program.Expression.Variable;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.program.Signature;
import athanor.diffusion.program.Torch;
import athanor.diffusion.program.TorchProgram;
import java.util.Map;

/** The autoencoder of a base, loaded, in float32. Not thread safe. */
public final class LatentCodec implements AutoCloseable {

    private static final String PREFIX = "vae/";

    private final VaeConfig config;
    private final TorchProgram program;

    private LatentCodec(VaeConfig config, TorchProgram program) {
        this.config = config;
        this.program = program;
    }

    public static LatentCodec load(VaeConfig config, Weights weights, ComputeOptions options) {
        EmittedProgram emitted = emitted(config, options);
        TorchProgram program = TorchProgram.load(emitted.text(), options.device());
        try {
            FrozenProgram.fill(program, emitted.weights(), Map.of(PREFIX, weights));
        } catch (RuntimeException e) {
            program.close();
            throw e;
        }
        return new LatentCodec(config, program);
    }

    /** The program that {@link #load} loads, and the weights that it wants to be given. */
    public static EmittedProgram emitted(VaeConfig config, ComputeOptions options) {
        EmittedProgram emitted = new EmittedProgram(ComputeType.FLOAT32, options.torchDevice());
        AutoencoderKL vae = new AutoencoderKL(config);
        Variable picture = Torch.variable("x");
        Emitter encoder = emitted.begin(Signature.of("encode_with").weights().tensors(picture), PREFIX, LoraPlan.NONE);
        emitted.add(encoder.returningWithoutGradient(vae.encode(encoder, picture)));
        // A picture is encoded once, and larger kernels stay in memory: only the decoder has them.
        emitted.computeFrozenLayersOtherwise();
        Variable latent = Torch.variable("z");
        Emitter decoder = emitted.begin(Signature.of("decode_with").weights().tensors(latent), PREFIX, LoraPlan.NONE);
        emitted.add(decoder.returningWithoutGradient(vae.decode(decoder, latent)));
        emitted.weightMethod();
        emitted.add("""
                  def encode(self: __torch__.Program, x: Tensor) -> Tensor:
                    return self.encode_with(self.weights, x)
                  def decode(self: __torch__.Program, z: Tensor) -> Tensor:
                    return self.decode_with(self.weights, z)
                """);
        return emitted;
    }

    public VaeConfig config() {
        return config;
    }

    public NDManager manager() {
        return program.manager();
    }

    /**
     * @param picture (B, 3, H, W) in -1..1
     * @return mean and log variance, not scaled, (B, 2C, H/f, W/f)
     */
    public NDArray encode(NDManager scope, NDArray picture) {
        return program.call(scope, "encode", picture).get(0);
    }

    /**
     * @param latent divided by the scaling factor, (B, C, h, w)
     * @return (B, 3, f h, f w), about -1..1
     */
    public NDArray decode(NDManager scope, NDArray latent) {
        return program.call(scope, "decode", latent).get(0);
    }

    @Override
    public void close() {
        program.close();
    }
}
