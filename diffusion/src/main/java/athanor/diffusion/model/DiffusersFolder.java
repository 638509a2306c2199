package athanor.diffusion.model;

import athanor.diffusion.BaseModelException;
import athanor.diffusion.checkpoint.BaseParts;
import athanor.diffusion.checkpoint.StoredTensor;
import athanor.diffusion.checkpoint.StoredWeights;
import athanor.diffusion.checkpoint.TextEncoderNames;
import athanor.diffusion.checkpoint.VaeNames;
import athanor.diffusion.checkpoint.WeightFiles;
import athanor.diffusion.checkpoint.Weights;
import athanor.diffusion.json.Json;
import athanor.diffusion.json.JsonException;
import athanor.diffusion.network.TextEncoderConfig;
import athanor.diffusion.network.UNetConfig;
import athanor.diffusion.network.VaeConfig;
import athanor.diffusion.schedule.SchedulerConfig;
import athanor.diffusion.tokenizer.ClipTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A base in diffusers' layout: {@code model_index.json} names the parts, and each part has a folder with its {@code
 * config.json} and weights.
 */
final class DiffusersFolder {

    private static final String UNET_STEM = "diffusion_pytorch_model";
    private static final String TEXT_STEM = "model";

    /** Classes that may stand behind a part's name. */
    private static final Map<String, List<String>> SUPPORTED = Map.of(
            "unet", List.of("UNet2DConditionModel"),
            "vae", List.of("AutoencoderKL"),
            "text_encoder", List.of("CLIPTextModel", "CLIPTextModelWithProjection"),
            "text_encoder_2", List.of("CLIPTextModel", "CLIPTextModelWithProjection"),
            "tokenizer", List.of("CLIPTokenizer", "CLIPTokenizerFast"),
            "tokenizer_2", List.of("CLIPTokenizer", "CLIPTokenizerFast"));

    private final Path folder;
    private final WeightFiles files;

    DiffusersFolder(Path folder, WeightFiles files) {
        this.folder = folder;
        this.files = files;
    }

    BaseParts read() {
        Map<String, @Nullable Object> index = index();
        List<TextEncoderConfig> textConfigs = new ArrayList<>();
        List<Weights> texts = new ArrayList<>();
        List<Supplier<ClipTokenizer>> tokenizers = new ArrayList<>();
        for (String suffix : List.of("", "_2")) {
            String part = "text_encoder" + suffix;
            if (!suffix.isEmpty() && !Files.isDirectory(folder.resolve(part))) {
                continue;
            }
            TextEncoderConfig config = TextEncoderConfig.from(config(part, "config.json"));
            textConfigs.add(config);
            texts.add(weights(part, TextEncoderNames.clean(files.ofPart(folder.resolve(part), TEXT_STEM))));
            Path tokenizer = folder.resolve("tokenizer" + suffix);
            tokenizers.add(() -> ClipTokenizer.open(tokenizer, config.maxPositions()));
        }
        Map<String, Object> unet = config("unet", "config.json");
        return new BaseParts(
                UNetConfig.from(unet),
                VaeConfig.from(config("vae", "config.json")),
                textConfigs,
                SchedulerConfig.from(config("scheduler", "scheduler_config.json")),
                weights("unet", files.ofPart(folder.resolve("unet"), UNET_STEM)),
                weights("vae", VaeNames.modernise(files.ofPart(folder.resolve("vae"), UNET_STEM))),
                texts,
                tokenizers,
                textConfigs.size() == 2 && !Boolean.FALSE.equals(index.get("force_zeros_for_empty_prompt")),
                BaseParts.sampleSize(unet),
                List.of());
    }

    private Weights weights(String part, Map<String, StoredTensor> tensors) {
        return new StoredWeights(folder.resolve(part).toString(), tensors);
    }

    /** {@code model_index.json}, checked; empty where there is none, because the parts say nearly all that is needed. */
    private Map<String, @Nullable Object> index() {
        Path index = folder.resolve("model_index.json");
        if (!Files.isRegularFile(index)) {
            return Map.of();
        }
        Map<String, @Nullable Object> json = json(index);
        Object pipeline = json.get("_class_name");
        if (pipeline != null && !isStableDiffusion(pipeline.toString())) {
            throw new BaseModelException(
                    "%s: found a %s, wanted a StableDiffusionPipeline or a StableDiffusionXLPipeline; only Stable Diffusion 1.x, 2.x and XL bases are supported"
                            .formatted(index, pipeline));
        }
        if (json.get("scheduler") instanceof List<?> pair && pair.size() == 2) {
            SchedulerConfig.mustDiffuse(String.valueOf(pair.get(1)));
        }
        for (Map.Entry<String, List<String>> part : SUPPORTED.entrySet()) {
            String found = json.get(part.getKey()) instanceof List<?> pair && pair.size() == 2
                    ? String.valueOf(pair.get(1))
                    : "nothing";
            boolean optional = part.getKey().endsWith("_2");
            if (!part.getValue().contains(found) && !(optional && (found.equals("nothing") || found.equals("null")))) {
                throw new BaseModelException(
                        "%s: found %s as %s of a %s, wanted %s; only Stable Diffusion 1.x, 2.x and XL bases are supported"
                                .formatted(
                                        index,
                                        found,
                                        part.getKey(),
                                        json.get("_class_name"),
                                        String.join(" or ", part.getValue())));
            }
        }
        return json;
    }

    /** Any pipeline of the family, also a community's; what its parts make of it is checked with them. */
    private static boolean isStableDiffusion(String pipeline) {
        return pipeline.contains("StableDiffusion") && !pipeline.contains("StableDiffusion3");
    }

    private Map<String, Object> config(String part, String fileName) {
        Path file = folder.resolve(part).resolve(fileName);
        if (!Files.isRegularFile(file)) {
            throw new BaseModelException(
                    "%s: found no such file, wanted the part's configuration; copy the base whole".formatted(file));
        }
        // a null entry means the same as none in these files, except where a network has no middle
        Map<String, Object> entries = new LinkedHashMap<>();
        json(file).forEach((key, value) -> {
            if (value != null || key.equals("mid_block_type")) {
                entries.put(key, value);
            }
        });
        return entries;
    }

    private static Map<String, @Nullable Object> json(Path file) {
        try {
            return Json.parseObject(Files.readAllBytes(file));
        } catch (JsonException | IOException e) {
            throw new BaseModelException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
