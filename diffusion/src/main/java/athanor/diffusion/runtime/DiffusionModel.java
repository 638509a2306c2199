package athanor.diffusion.runtime;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import athanor.diffusion.OutOfMemoryException;
import athanor.diffusion.checkpoint.Weights;
import athanor.diffusion.lora.LoraKeys;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.network.UNet2DConditionModel;
import athanor.diffusion.network.UNetConfig;
import athanor.diffusion.program.EmittedProgram;
import athanor.diffusion.program.PackingSupport;
import athanor.diffusion.program.ParameterTable;
import athanor.diffusion.program.TorchProgram;
import athanor.diffusion.schedule.SchedulerConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The networks of a base, compiled, loaded and frozen, with LoRAs that can be exchanged without touching them. Not thread
 * safe: one thread at a time.
 *
 * <p>Whoever calls owns a scope ({@link #newScope}) and closes it; everything returned lives in that scope.
 */
public final class DiffusionModel implements AutoCloseable {

    private final BaseModel base;
    private final ComputeOptions options;
    private final DenoiserProgram denoiser;
    private final ParameterTable factors;
    private final TorchProgram program;
    private final LatentCodec codec;
    private final boolean packs;
    private Shape packedFor = new Shape(); // nothing yet
    private LoraSet installed = LoraSet.none();

    private DiffusionModel(
            BaseModel base,
            ComputeOptions options,
            DenoiserProgram denoiser,
            ParameterTable factors,
            TorchProgram program,
            LatentCodec codec) {
        this.base = base;
        this.options = options;
        this.denoiser = denoiser;
        this.factors = factors;
        this.program = program;
        this.codec = codec;
        this.packs = PackingSupport.available(options.device(), options.type());
    }

    /**
     * Compiles the programs and reads all weights.
     *
     * @param base must stay open as long as the model
     * @throws OutOfMemoryException where the base does not fit
     */
    public static DiffusionModel load(BaseModel base, ComputeOptions options) {
        return OutOfMemoryException.translating(() -> loaded(base, options));
    }

    private static DiffusionModel loaded(BaseModel base, ComputeOptions options) {
        DenoiserProgram denoiser = new DenoiserProgram(base.unetConfig(), base.textEncoderConfigs());
        EmittedProgram emitted = RenderingProgram.emit(denoiser, options);
        FrozenProgram.check(emitted.weights(), networks(base));
        TorchProgram program = TorchProgram.load(emitted.text(), options.device());
        try {
            FrozenProgram.fill(program, emitted.weights(), networks(base));
            LatentCodec codec = LatentCodec.load(base.vaeConfig(), base.vae(), options);
            return new DiffusionModel(base, options, denoiser, emitted.loras(), program, codec);
        } catch (RuntimeException e) {
            program.close();
            throw e;
        }
    }

    /** Weights of UNet and text encoders by the prefix that programs give them. */
    public static Map<String, Weights> networks(BaseModel base) {
        Map<String, Weights> networks = new LinkedHashMap<>();
        for (int i = 0; i < base.textEncoderConfigs().size(); i++) {
            networks.put(DenoiserProgram.textEncoderPrefix(i), base.textEncoder(i));
        }
        networks.put(DenoiserProgram.UNET, base.unet());
        return networks;
    }

    /** A manager for the arrays of one picture or one step; close it. */
    public NDManager newScope() {
        return program.manager().newSubManager();
    }

    /**
     * Encodes prompts.
     *
     * @param ids by encoder: tokens of B prompts, each padded to that encoder's length
     */
    public TextEmbedding encode(NDManager scope, List<long[][]> ids, LoraSet loras) {
        install(loras);
        List<Object> arguments = new ArrayList<>();
        for (long[][] prompts : ids) {
            arguments.add(matrix(scope, prompts));
        }
        NDList result = program.call(scope, method("encode", loras), arguments.toArray());
        return new TextEmbedding(result.get(0), result.size() > 1 ? result.get(1) : null);
    }

    private static NDArray matrix(NDManager scope, long[][] rows) {
        int width = rows[0].length;
        long[] flat = new long[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * width, width);
        }
        return scope.create(flat, new Shape(rows.length, width));
    }

    /**
     * One call of the UNet. Under guidance there are k texts for one picture: row i of the texts belongs to row i modulo B of the
     * rest, and what the texts do not change is computed once.
     *
     * @param sample (B, C, h, w), scaled as the sampler says
     * @param timesteps (B), float32
     * @param text (k B, L, D), with k at least 1
     * @param timeIds SDXL: (B, 6), float32; null otherwise
     * @return the network's prediction (noise or velocity), (k B, C, h, w), float32
     */
    public NDArray denoise(
            NDManager scope,
            NDArray sample,
            NDArray timesteps,
            TextEmbedding text,
            @Nullable NDArray timeIds,
            LoraSet loras) {
        long rows = sample.getShape().get(0);
        long texts = text.hidden().getShape().get(0);
        if (texts % rows != 0) {
            throw new IllegalArgumentException(
                    "%d texts for %d latents; wanted as many or a multiple".formatted(texts, rows));
        }
        install(loras);
        List<NDArray> arguments = arguments(sample, timesteps, text, timeIds);
        packFor(sample.getShape(), arguments);
        return program.call(scope, method("denoise", loras), arguments.toArray())
                .get(0);
    }

    /**
     * What the base's UNet, without any LoRA, sees in latents: see {@link UNet2DConditionModel#features}.
     *
     * @param sample (B, C, h, w), scaled as the sampler says
     * @param timesteps (B), float32
     * @param text (B, L, D)
     * @param timeIds SDXL: (B, 6), float32; null otherwise
     * @return (B, F, h, w), float32
     */
    public NDArray features(
            NDManager scope, NDArray sample, NDArray timesteps, TextEmbedding text, @Nullable NDArray timeIds) {
        List<NDArray> arguments = arguments(sample, timesteps, text, timeIds);
        packFor(sample.getShape(), arguments);
        return program.call(scope, "features", arguments.toArray()).get(0);
    }

    private List<NDArray> arguments(NDArray sample, NDArray timesteps, TextEmbedding text, @Nullable NDArray timeIds) {
        List<NDArray> arguments = new ArrayList<>(List.of(sample, timesteps, text.hidden()));
        if (denoiser.hasPooledText()) {
            NDArray pooled = text.pooled();
            if (pooled == null || timeIds == null) {
                throw new IllegalArgumentException("an SDXL base needs pooled text and time ids");
            }
            arguments.add(pooled);
            arguments.add(timeIds);
        }
        return arguments;
    }

    /** Packed weights are best for one size of latents; another size packs them anew, which takes about half a step. */
    private void packFor(Shape sample, List<NDArray> arguments) {
        Shape size = sample.slice(2);
        if (!packs || size.equals(packedFor)) {
            return;
        }
        try (NDManager scope = newScope()) {
            NDList firstRows = new NDList();
            for (NDArray argument : arguments) {
                NDArray first = argument.get("0:1");
                first.attach(scope);
                firstRows.add(first);
            }
            program.call(scope, "denoise_packing", firstRows.toArray());
        }
        packedFor = size;
    }

    private static String method(String name, LoraSet loras) {
        return name + (loras.isEmpty() ? "_plain" : "_adapted");
    }

    /** What of the LoRAs' files has no use here, a sentence each. */
    public List<String> leftOut(LoraSet loras) {
        return loras.leftOut(LoraKeys.of(base), factors);
    }

    private void install(LoraSet loras) {
        if (loras == installed || loras.isEmpty()) {
            return;
        }
        // What is refused half-way has taken the place of what was there before.
        installed = LoraSet.none();
        loras.install(LoraKeys.of(base), program, factors);
        installed = loras;
    }

    /** Mean and log variance of the posterior, see {@link LatentCodec#encode}. */
    public NDArray encodeImage(NDManager scope, NDArray picture) {
        return codec.encode(scope, picture);
    }

    /** See {@link LatentCodec#decode}. */
    public NDArray decodeLatent(NDManager scope, NDArray latent) {
        return codec.decode(scope, latent);
    }

    public BaseModel base() {
        return base;
    }

    public UNetConfig unetConfig() {
        return base.unetConfig();
    }

    public SchedulerConfig schedulerConfig() {
        return base.schedulerConfig();
    }

    public ComputeOptions options() {
        return options;
    }

    /** Two text encoders, pooled text and time ids. */
    public boolean isSdxl() {
        return denoiser.hasPooledText();
    }

    @Override
    public void close() {
        codec.close();
        program.close();
    }
}
