package athanor.tinybase.pretrain;

import athanor.diffusion.program.ComputeType;
import athanor.diffusion.runtime.ComputeOptions;
import athanor.diffusion.runtime.LatentCodec;
import athanor.diffusion.tokenizer.ClipTokenizer;
import athanor.tinybase.world.WorldTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes the tiny base from nothing: tokenizer, autoencoder, whitened latents, UNet with text encoder. Can be stopped at any
 * moment and started again.
 *
 * @param base where the diffusers folder comes to lie
 * @param work where the states of the two stages rest in between
 */
public record Pretraining(
        Path base,
        Path work,
        int autoencoderSteps,
        int decoderSteps,
        int denoiserSteps,
        int faceSteps,
        long seed,
        Consumer<String> log) {

    /** What the shipped base was made with, in two goes; see the module's README. */
    public static final int AUTOENCODER_STEPS = 9000;

    public static final int DECODER_STEPS = 4500;
    public static final int DENOISER_STEPS = 7500;
    public static final int FACE_STEPS = 5000;
    public static final long SEED = 7;

    public void run() throws IOException {
        Files.createDirectories(work);
        BaseFolder folder = new BaseFolder(base);
        folder.writeConfigurations(new WorldTokenizer());
        Map<String, NamedTensor> autoencoder = whitened(new AutoencoderStage(
                        new PretrainingState(work.resolve("autoencoder.safetensors")),
                        new PretrainingState(work.resolve("decoder.safetensors")),
                        autoencoderSteps,
                        decoderSteps,
                        seed,
                        log)
                .train(ComputeType.FLOAT32));
        folder.writeAutoencoder(autoencoder);
        try (LatentCodec codec = codec(autoencoder);
                ClipTokenizer tokenizer = ClipTokenizer.open(base.resolve("tokenizer"), WorldTokenizer.LENGTH)) {
            new DenoiserStage(
                            new PretrainingState(work.resolve("denoiser.safetensors")),
                            new PretrainingState(work.resolve("faces.safetensors")),
                            folder,
                            denoiserSteps,
                            faceSteps,
                            seed,
                            log)
                    .train(codec, tokenizer, ComputeType.FLOAT32);
        }
    }

    private Map<String, NamedTensor> whitened(Map<String, NamedTensor> weights) {
        try (LatentCodec codec = codec(weights)) {
            return Whitening.measure(codec, seed + 2).fold(weights);
        }
    }

    private static LatentCodec codec(Map<String, NamedTensor> weights) {
        return LatentCodec.load(TinyArchitecture.vaeConfig(), new AutoencoderWeights(weights), ComputeOptions.CPU);
    }
}
