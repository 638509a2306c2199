package athanor.diffusion.checkpoint;

import athanor.diffusion.BaseModelException;
import athanor.diffusion.network.TextEncoderConfig;
import athanor.diffusion.network.UNetConfig;
import athanor.diffusion.network.VaeConfig;
import athanor.diffusion.schedule.SchedulerConfig;
import athanor.diffusion.tokenizer.ClipTokenizer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What either layout on disk comes to.
 *
 * @param textEncoders one, or two for SDXL
 * @param tokenizers one for each text encoder, opened when first asked for
 * @param emptyPromptIsZeros guidance leads away from zeros where the negative prompt is empty, as SDXL was trained
 * @param sampleSize side of the latents that the UNet was made for; null where nothing says it
 * @param assumptions what the files do not say and was taken for granted, a sentence each
 */
public record BaseParts(
        UNetConfig unetConfig,
        VaeConfig vaeConfig,
        List<TextEncoderConfig> textEncoderConfigs,
        SchedulerConfig schedulerConfig,
        Weights unet,
        Weights vae,
        List<Weights> textEncoders,
        List<Supplier<ClipTokenizer>> tokenizers,
        boolean emptyPromptIsZeros,
        @Nullable Integer sampleSize,
        List<String> assumptions) {

    /** @param unet its {@code config.json} */
    public static @Nullable Integer sampleSize(Map<String, ?> unet) {
        return unet.get("sample_size") instanceof Number side && side.intValue() > 0 ? side.intValue() : null;
    }

    /** Refuses what is a base, but none that makes pictures from text alone. */
    public BaseParts checked(String origin) {
        if (unetConfig.inChannels() != vaeConfig.latentChannels()) {
            throw new BaseModelException(
                    "%s: found a UNet that takes %d channels and a VAE that gives %d; inpainting and depth models are not supported, choose a text-to-image base"
                            .formatted(origin, unetConfig.inChannels(), vaeConfig.latentChannels()));
        }
        if (unetConfig.textTime() != null && textEncoders.size() == 1) {
            throw new BaseModelException(
                    "%s: found a UNet that takes an embedding beside the text (label_emb) and one text encoder, so it is an unCLIP base, which draws from a picture, or a refiner; neither is supported, choose a text-to-image base"
                            .formatted(origin));
        }
        if (textEncoders.size() != (unetConfig.textTime() == null ? 1 : 2)) {
            throw new BaseModelException("%s: found %d text encoders, wanted %d for this UNet"
                    .formatted(origin, textEncoders.size(), unetConfig.textTime() == null ? 1 : 2));
        }
        checkTextWidths(origin);
        return this;
    }

    /** What the text encoders give is what the UNet takes. */
    private void checkTextWidths(String origin) {
        int given = textEncoderConfigs.stream()
                .mapToInt(TextEncoderConfig::hiddenSize)
                .sum();
        for (int level = 0; level < unetConfig.levels(); level++) {
            int wanted = unetConfig.crossAttentionDim().get(level);
            if (unetConfig.crossAttention().get(level) && wanted != given) {
                throw new BaseModelException(
                        "%s: found text of width %d and a UNet that takes %d, wanted the same; do the parts belong together?"
                                .formatted(origin, given, wanted));
            }
        }
        UNetConfig.TextTime textTime = unetConfig.textTime();
        if (textTime == null) {
            return;
        }
        Integer pooled = textEncoderConfigs.get(1).projectionDim();
        int wanted = textTime.inputDim() - 6 * textTime.timeEmbedDim();
        if (pooled == null || pooled != wanted) {
            throw new BaseModelException(
                    "%s: found pooled text of width %s and a UNet that takes %d, wanted the same; do the parts belong together?"
                            .formatted(origin, pooled == null ? "nothing" : String.valueOf(pooled), wanted));
        }
    }
}
