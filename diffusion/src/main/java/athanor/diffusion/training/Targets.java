package athanor.diffusion.training;

import java.util.List;
import java.util.function.Predicate;

/** Which layers of a base a LoRA adapts. Layer names carry the network in front, {@code unet/...}, {@code text_encoder/...}. */
public enum Targets {
    /** The four projections of every attention, as diffusers' scripts do. */
    ATTENTION,
    /** Every linear layer and 1x1 convolution inside the transformers: kohya's default. */
    ATTENTION_AND_FEED_FORWARD,
    /** Also the convolutions and time projections of residual blocks, down- and upsamplers. */
    WITH_CONVOLUTIONS;

    private static final List<String> ATTENTION_ENDS = List.of(".to_q", ".to_k", ".to_v", ".to_out.0");
    private static final List<String> CONVOLUTION_PARTS = List.of(".resnets.", ".downsamplers.", ".upsamplers.");
    private static final List<String> TEXT_ATTENTION_ENDS = List.of(".q_proj", ".k_proj", ".v_proj", ".out_proj");
    private static final List<String> TEXT_MLP_ENDS = List.of(".mlp.fc1", ".mlp.fc2");

    /** @param textEncoders adapts them too */
    public Predicate<String> predicate(boolean textEncoders) {
        return layer -> layer.startsWith("unet/") ? adaptsUNet(layer) : textEncoders && adaptsText(layer);
    }

    private boolean adaptsUNet(String layer) {
        if (layer.contains(".attentions.")) {
            return this != ATTENTION || endsWithAny(layer, ATTENTION_ENDS);
        }
        return this == WITH_CONVOLUTIONS && CONVOLUTION_PARTS.stream().anyMatch(layer::contains);
    }

    private boolean adaptsText(String layer) {
        return endsWithAny(layer, TEXT_ATTENTION_ENDS) || this != ATTENTION && endsWithAny(layer, TEXT_MLP_ENDS);
    }

    private static boolean endsWithAny(String layer, List<String> ends) {
        return ends.stream().anyMatch(layer::endsWith);
    }
}
