package athanor.tools.reference;

import athanor.diffusion.lora.LoraKeys;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.program.ComputeType;
import athanor.diffusion.program.EmittedProgram;
import athanor.diffusion.program.LoraPlan;
import athanor.diffusion.runtime.DenoiserProgram;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every layer of a base that a LoRA can sit on, by every kohya key that means it: made of the diffusers path or, in the UNet,
 * of the original code's.
 */
final class AdaptableLayers {

    private static final String DOWN = ".lora_down.weight";
    private static final String UP = ".lora_up.weight";

    /**
     * @param name with the network in front, {@code unet/mid_block.attentions.0.proj_in}
     * @param downSides sides of lora_down behind the rank, {@code [in]} or {@code [in, k, k]}
     * @param upSides sides of lora_up behind the width and the rank, {@code []} or {@code [1, 1]}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Layer(String name, int[] downSides, int out, int[] upSides) {
        boolean isText() {
            return !name.startsWith(DenoiserProgram.UNET);
        }
    }

    private final Map<String, Layer> byKey = new HashMap<>();

    AdaptableLayers(BaseModel base) {
        DenoiserProgram denoiser = new DenoiserProgram(base.unetConfig(), base.textEncoderConfigs());
        EmittedProgram program = new EmittedProgram(ComputeType.FLOAT32, "cpu");
        LoraPlan everywhere = LoraPlan.ofAnyRank(layer -> true);
        denoiser.unet(program, "unet", everywhere);
        denoiser.text(program, "text", everywhere);
        LoraKeys keys = LoraKeys.of(base);
        for (String factor : program.loras().names()) {
            if (factor.endsWith(DOWN)) {
                String name = factor.substring(0, factor.length() - DOWN.length());
                int[] down = program.loras().shape(factor);
                int[] up = program.loras().shape(name + UP);
                Layer layer = new Layer(
                        name, Arrays.copyOfRange(down, 1, down.length), up[0], Arrays.copyOfRange(up, 2, up.length));
                keys.spellings(name).forEach(key -> byKey.put(key, layer));
            }
        }
    }

    /** Null for a key that means no layer of this base. */
    @Nullable
    Layer at(String key) {
        return byKey.get(key);
    }
}
