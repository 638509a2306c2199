package athanor.diffusion.lora.elsewhere;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a program finds the layer that a key of a LoRA file means. */
interface KeyMap {

    /** What the program is called. */
    String reader();

    /**
     * The layer of the base, {@code unet/mid_block.attentions.0.proj_in}; null where the program would pass over the tensor.
     *
     * @param module the tensor's name up to the first dot
     */
    @Nullable
    String layer(String module);

    /** All maps of a base. */
    static List<KeyMap> of(BaseLayers base) {
        return List.of(new KohyaKeys(base), new DiffusersKeys(base), new ComfyKeys(base), new WebUiKeys(base));
    }
}
