package athanor.diffusion.singlefile;

import athanor.diffusion.BaseModelException;
import athanor.diffusion.checkpoint.BaseParts;
import athanor.diffusion.checkpoint.StoredTensor;
import athanor.diffusion.checkpoint.StoredWeights;
import athanor.diffusion.checkpoint.TextEncoderNames;
import athanor.diffusion.checkpoint.VaeNames;
import athanor.diffusion.checkpoint.WeightFiles;
import athanor.diffusion.checkpoint.Weights;
import athanor.diffusion.network.TextEncoderConfig;
import athanor.diffusion.network.UNetConfig;
import athanor.diffusion.network.VaeConfig;
import athanor.diffusion.safetensors.SafetensorsException;
import athanor.diffusion.safetensors.SafetensorsFile;
import athanor.diffusion.schedule.SchedulerConfig;
import athanor.diffusion.tokenizer.ClipTokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One {@code .safetensors} file with the names of the original code: LDM's for SD 1.x and 2.x, SGM's for XL. The family
 * and every size follow from names and shapes; what leaves no trace in them is looked for in the file's metadata and
 * beside the file, and otherwise taken by convention and said ({@link BaseParts#assumptions()}).
 */
public final class SingleFileCheckpoint {

    private static final String UNET = "model.diffusion_model.";
    private static final String VAE = "first_stage_model.";
    private static final String CLIP = "cond_stage_model.transformer.";
    private static final String OPEN_CLIP = "cond_stage_model.model.";
    private static final String XL_FIRST = "conditioner.embedders.0.transformer.";
    private static final String XL_SECOND = "conditioner.embedders.1.model.";

    private static final double SCALING_FACTOR = 0.18215;
    private static final double XL_SCALING_FACTOR = 0.13025;

    /** What trainers of autoencoders leave in their files, and merges with an autoencoder of their own carry on. */
    private static final Set<String> OF_THE_VAES_TRAINING = Set.of("loss.", "model_ema.", "logvar");

    private final SafetensorsFile file;
    private final Sidecar sidecar;
    private final List<String> assumptions = new ArrayList<>();
    private final List<TextEncoderConfig> textConfigs = new ArrayList<>();
    private final List<Weights> texts = new ArrayList<>();
    private final List<Supplier<ClipTokenizer>> tokenizers = new ArrayList<>();

    public SingleFileCheckpoint(Path path, WeightFiles files) {
        this.file = files.open(path);
        this.sidecar = Sidecar.of(path);
    }

    /** Whether the file has a UNet under the names of Stable Diffusion's own code; reads its header only. */
    public static boolean looksLikeOne(Path path) {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            return file.names().stream().anyMatch(name -> name.startsWith(UNET));
        } catch (SafetensorsException e) {
            return false;
        }
    }

    public BaseParts read() {
        for (String name : file.names()) {
            if (name.startsWith("edm_")) { // edm_mean and edm_std of Playground 2.5, edm_vpred.* of CosXL
                throw new BaseModelException(
                        "%s: tensor \"%s\": found the mark of a model trained as EDM, wanted one that predicts noise or velocity by betas"
                                .formatted(file.file(), name));
            }
        }
        Map<String, StoredTensor> unetTensors = part(UNET);
        Map<String, StoredTensor> vaeTensors = part(VAE);
        if (unetTensors.isEmpty() || vaeTensors.isEmpty()) {
            throw new BaseModelException(
                    "%s: found no %s, wanted a whole checkpoint with UNet, VAE and text encoder under the names of Stable Diffusion's own code"
                            .formatted(
                                    file.file(), unetTensors.isEmpty() ? "tensors under " + UNET : "VAE under " + VAE));
        }
        boolean xl = readTextEncoders();
        Integer pooled = textConfigs.get(textConfigs.size() - 1).projectionDim();
        Map<String, Object> unetConfig = sidecar.configOr(
                "unet",
                "config.json",
                new LdmUNet(shapes(UNET, unetTensors), sidecar, assumptions).config(pooled == null ? 0 : pooled));
        UNetConfig unet = UNetConfig.from(unetConfig);
        LdmNames names = LdmNames.of(unet);
        LdmVae ldmVae = new LdmVae(shapes(VAE, vaeTensors));
        Double scale = sidecar.number("scale_factor");
        double scalingFactor = scale != null ? scale : xl ? XL_SCALING_FACTOR : SCALING_FACTOR;
        Map<String, Object> vae = sidecar.configOr("vae", "config.json", ldmVae.config(scalingFactor, assumptions));
        return new BaseParts(
                unet,
                VaeConfig.from(vae),
                textConfigs,
                scheduler(unet, unetTensors),
                weights("UNet", renamed(unetTensors, names::toDiffusers, Set.of())),
                weights("VAE", VaeNames.modernise(renamed(vaeTensors, ldmVae::toDiffusers, OF_THE_VAES_TRAINING))),
                texts,
                tokenizers,
                xl,
                BaseParts.sampleSize(unetConfig),
                List.copyOf(assumptions));
    }

    /** Whether this is XL. */
    private boolean readTextEncoders() {
        Map<String, StoredTensor> clip = part(CLIP);
        Map<String, StoredTensor> openClip = part(OPEN_CLIP);
        Map<String, StoredTensor> second = part(XL_SECOND);
        if (!second.isEmpty()) {
            addClip(XL_FIRST, part(XL_FIRST), "");
            addOpenClip(XL_SECOND, second, true, "_2");
            return true;
        }
        if (!openClip.isEmpty()) {
            addOpenClip(OPEN_CLIP, openClip, false, "");
        } else if (!clip.isEmpty()) {
            addClip(CLIP, clip, "");
        } else {
            throw new BaseModelException(
                    "%s: found no text encoder, wanted one under %s, %s or %s (XL's refiner is not supported)"
                            .formatted(file.file(), CLIP, OPEN_CLIP, XL_SECOND));
        }
        return false;
    }

    private void addClip(String prefix, Map<String, StoredTensor> stored, String suffix) {
        Map<String, StoredTensor> tensors = TextEncoderNames.clean(stored);
        tensors.keySet().removeIf(name -> name.startsWith("text_projection")); // nothing reads its pooled text
        Map<String, Object> config =
                textConfig(shapes(prefix, tensors), "text_model.encoder.layers.", ".mlp.fc1.weight", "quick_gelu");
        add(config, tensors, ClipTokenizer.END, suffix);
    }

    private void addOpenClip(String prefix, Map<String, StoredTensor> stored, boolean projection, String suffix) {
        int layers = shapes(prefix, stored).count("transformer.resblocks.", ".mlp.c_fc.weight");
        // SD 2.x sees the last layer but one; files written back from diffusers hold neither the last nor a projection
        int kept = !projection && hasProjection(stored) ? layers - 1 : layers;
        Map<String, StoredTensor> tensors = OpenClipNames.toTransformers(stored, kept, projection);
        Map<String, Object> config =
                textConfig(shapes("", tensors), "text_model.encoder.layers.", ".mlp.fc1.weight", "gelu");
        if (projection) {
            config.put("architectures", List.of("CLIPTextModelWithProjection"));
            config.put("projection_dim", shapes("", tensors).size("text_projection.weight", 0));
        }
        add(config, tensors, "!", suffix);
    }

    private static boolean hasProjection(Map<String, StoredTensor> stored) {
        return stored.containsKey("text_projection") || stored.containsKey("text_projection.weight");
    }

    private void add(Map<String, Object> config, Map<String, StoredTensor> tensors, String pad, String suffix) {
        TextEncoderConfig read =
                TextEncoderConfig.from(sidecar.configOr("text_encoder" + suffix, "config.json", config));
        textConfigs.add(read);
        texts.add(weights("text encoder", tensors));
        Path tokenizer = sidecar.tokenizer("tokenizer" + suffix);
        tokenizers.add(() -> tokenizer == null
                ? ClipTokenizer.builtIn(pad, read.maxPositions())
                : ClipTokenizer.open(tokenizer, read.maxPositions()));
    }

    /** As {@code text_encoder/config.json} would say it. */
    private Map<String, Object> textConfig(Shapes tensors, String layers, String inner, String activation) {
        int hidden = tensors.size("text_model.embeddings.token_embedding.weight", 1);
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("vocab_size", tensors.size("text_model.embeddings.token_embedding.weight", 0));
        config.put("max_position_embeddings", tensors.size("text_model.embeddings.position_embedding.weight", 0));
        config.put("hidden_size", hidden);
        config.put("intermediate_size", tensors.size(layers + "0" + inner, 0));
        config.put("num_hidden_layers", tensors.count(layers, inner));
        config.put("num_attention_heads", textHeads(hidden));
        config.put("hidden_act", activation);
        config.put("eos_token_id", 2); // the end is the largest id, in CLIP's vocabulary and in any grown from it
        return config;
    }

    /** Every CLIP has heads of 64 channels; the number leaves no trace in the weights. */
    private int textHeads(int hidden) {
        if (hidden % 64 == 0) {
            return hidden / 64;
        }
        int heads = hidden % 4 == 0 ? 4 : 1;
        assumptions.add(
                "The text encoder's heads cannot be seen in a single file; %d are taken. Put %s beside it to say otherwise."
                        .formatted(heads, sidecar.hint()));
        return heads;
    }

    private SchedulerConfig scheduler(UNetConfig unet, Map<String, StoredTensor> unetTensors) {
        Map<String, Object> config = new LinkedHashMap<>();
        Double start = sidecar.number("linear_start");
        Double end = sidecar.number("linear_end");
        Integer timesteps = sidecar.integer("timesteps");
        config.put("beta_schedule", "scaled_linear");
        config.put("beta_start", start == null ? 0.00085 : start);
        config.put("beta_end", end == null ? 0.012 : end);
        config.put("num_train_timesteps", timesteps == null ? 1000 : timesteps);
        config.put("clip_sample", false);
        config.put("set_alpha_to_one", false);
        config.put("steps_offset", 1);
        config.put("timestep_spacing", "leading");
        config.put("prediction_type", new PredictionEvidence(file, sidecar, assumptions).decide(unet, unetTensors));
        if (file.names().contains("ztsnr")) {
            config.put("rescale_betas_zero_snr", true);
        }
        return SchedulerConfig.from(sidecar.configOr("scheduler", "scheduler_config.json", config));
    }

    private Map<String, StoredTensor> part(String prefix) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (String name : file.names()) {
            if (name.startsWith(prefix)) {
                tensors.put(name.substring(prefix.length()), StoredTensor.whole(file, name));
            }
        }
        return tensors;
    }

    private Map<String, StoredTensor> renamed(
            Map<String, StoredTensor> stored, UnaryOperator<@Nullable String> toDiffusers, Set<String> ignored) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        stored.forEach((name, tensor) -> {
            if (ignored.stream().anyMatch(name::startsWith)) {
                return;
            }
            String diffusers = toDiffusers.apply(name);
            if (diffusers == null) {
                throw new BaseModelException(
                        "%s: found a tensor that has no place in a Stable Diffusion".formatted(tensor.origin()));
            }
            tensors.put(diffusers, tensor);
        });
        return tensors;
    }

    private Weights weights(String part, Map<String, StoredTensor> tensors) {
        return new StoredWeights(file.file() + ": " + part, tensors);
    }

    /** @param prefix of the names in the file, for errors; empty where they were changed */
    private Shapes shapes(String prefix, Map<String, StoredTensor> tensors) {
        return new Shapes() {
            @Override
            public Set<String> names() {
                return tensors.keySet();
            }

            @Override
            public long[] of(String name) {
                StoredTensor tensor = tensors.get(name);
                if (tensor == null) {
                    throw new BaseModelException(
                            "%s: found no tensor for %s, wanted one; the checkpoint is incomplete or of another architecture"
                                    .formatted(file.file(), prefix + name));
                }
                return tensor.shape();
            }

            @Override
            public BaseModelException wrong(String sentence) {
                return new BaseModelException(file.file() + ": " + sentence);
            }
        };
    }
}
