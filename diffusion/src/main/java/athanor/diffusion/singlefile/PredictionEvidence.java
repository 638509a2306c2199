package athanor.diffusion.singlefile;

import athanor.diffusion.BaseModelException;
import athanor.diffusion.checkpoint.StoredTensor;
import athanor.diffusion.network.UNetConfig;
import athanor.diffusion.safetensors.SafetensorsFile;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a single-file checkpoint predicts noise or velocity, which no name and no shape tells. In this order: the
 * file's metadata ({@code modelspec.prediction_type}, then {@code modelspec.architecture}), the empty tensor {@code
 * v_pred} that trainers of XL leave as a mark, {@code parameterization} of a YAML file beside it; for SD 2.x the spread
 * of one bias, which is wide in the published velocity models and narrow in the others; else noise.
 */
final class PredictionEvidence {

    private static final String NOISE = "epsilon";
    private static final String VELOCITY = "v_prediction";

    /** Of the last transformer's first norm; ComfyUI tells SD 2.x models apart by it and by this bound. */
    private static final double WIDE_BIAS = 0.09;

    /** The published SD 2.x see text of this width, and only of them the bound is known to hold. */
    private static final int PUBLISHED_TEXT_WIDTH = 1024;

    private final SafetensorsFile file;
    private final Sidecar sidecar;
    private final List<String> assumptions;

    PredictionEvidence(SafetensorsFile file, Sidecar sidecar, List<String> assumptions) {
        this.file = file;
        this.sidecar = sidecar;
        this.assumptions = assumptions;
    }

    String decide(UNetConfig unet, Map<String, StoredTensor> unetTensors) {
        String told = told();
        if (told != null) {
            return told;
        }
        boolean sd2 = unet.useLinearProjection() && unet.textTime() == null;
        if (!sd2) {
            return NOISE;
        }
        boolean wide = unet.crossAttentionDim().contains(PUBLISHED_TEXT_WIDTH) && spread(unetTensors) > WIDE_BIAS;
        if (!sidecar.has("scheduler", "scheduler_config.json")) {
            assumptions.add(
                    "Nothing says whether this SD 2.x checkpoint predicts noise or velocity; by its weights %s is taken. Put %s beside it to say otherwise."
                            .formatted(wide ? "velocity" : "noise", sidecar.hint()));
        }
        return wide ? VELOCITY : NOISE;
    }

    private @Nullable String told() {
        String metadata = file.metadata().get("modelspec.prediction_type");
        if (metadata != null) {
            return named(metadata);
        }
        String architecture = file.metadata().get("modelspec.architecture");
        if (architecture != null && architecture.startsWith("stable-diffusion-v2")) {
            return architecture.startsWith("stable-diffusion-v2-768-v") ? VELOCITY : NOISE;
        }
        if (file.names().contains("v_pred")) {
            return VELOCITY;
        }
        String yaml = sidecar.text("parameterization");
        return yaml == null ? null : named(yaml);
    }

    private String named(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "v", "v_prediction", "v-prediction" -> VELOCITY;
            case "eps", "epsilon" -> NOISE;
            default ->
                throw new BaseModelException(
                        "%s: found the prediction type \"%s\", wanted epsilon or v".formatted(file.file(), text));
        };
    }

    private static double spread(Map<String, StoredTensor> unetTensors) {
        StoredTensor bias = null;
        int last = -1;
        for (Map.Entry<String, StoredTensor> entry : unetTensors.entrySet()) {
            String[] path = entry.getKey().split("\\.", -1);
            if (path[0].equals("output_blocks") && entry.getKey().endsWith("transformer_blocks.0.norm1.bias")) {
                int block = Integer.parseInt(path[1]);
                bias = block > last ? entry.getValue() : bias;
                last = Math.max(last, block);
            }
        }
        if (bias == null) {
            return 0;
        }
        float[] values = new float[(int) bias.shape()[0]];
        bias.read(FloatBuffer.wrap(values));
        double mean = 0;
        double square = 0;
        for (float value : values) {
            mean += value / values.length;
            square += (double) value * value / values.length;
        }
        return Math.sqrt(Math.max(0, square - mean * mean));
    }
}
