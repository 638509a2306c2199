package athanor.diffusion.lora.elsewhere;

import athanor.diffusion.model.ModelFamily;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * kohya's sd-scripts ({@code networks/lora.py}): walks the modules of its own networks, and each is called by a prefix and its
 * path with underscores. Its UNet of XL is the original code's, those of SD 1.x and 2.x are diffusers'.
 */
final class KohyaKeys implements KeyMap {

    private final Map<String, String> layers = new HashMap<>();

    KohyaKeys(BaseLayers base) {
        boolean xl = base.family() == ModelFamily.SDXL;
        for (String layer : base.all()) {
            int slash = layer.indexOf('/') + 1;
            String network = layer.substring(0, slash);
            String path = layer.substring(slash);
            if (network.equals(BaseLayers.UNET)) {
                String original = xl ? base.original(layer) : path;
                if (original != null) {
                    layers.put("lora_unet_" + BaseLayers.flat(original), layer);
                }
            } else if (network.equals(BaseLayers.TEXT_ENCODER)) {
                layers.put((xl ? "lora_te1_" : "lora_te_") + BaseLayers.flat(path), layer);
            } else {
                layers.put("lora_te2_" + BaseLayers.flat(path), layer);
            }
        }
    }

    @Override
    public String reader() {
        return "kohya's sd-scripts";
    }

    @Override
    public @Nullable String layer(String module) {
        return layers.get(module);
    }
}
