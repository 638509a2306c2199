package athanor.diffusion.lora;

import athanor.diffusion.model.BaseModel;
import athanor.diffusion.model.ModelFamily;
import athanor.diffusion.network.UNetConfig;
import athanor.diffusion.singlefile.LdmNames;
import java.util.ArrayList;
import java.util.List;

/**
 * What kohya's trainer, and with it everyone, calls the layers of a base: a prefix for the network, then the layer's path
 * with an underscore for every dot. The path in the UNet is diffusers' for SD 1.x and 2.x and the original code's (SGM)
 * for XL.
 */
public final class LoraKeys {

    private static final String UNET = "unet/";
    private static final String TEXT_ENCODER = "text_encoder/";
    private static final String TEXT_ENCODER_2 = "text_encoder_2/";

    private final ModelFamily family;
    private final LdmNames ldm;

    private LoraKeys(ModelFamily family, LdmNames ldm) {
        this.family = family;
        this.ldm = ldm;
    }

    public static LoraKeys of(BaseModel base) {
        return of(base.family(), base.unetConfig());
    }

    /** @param unet tells how the original code numbers the blocks */
    public static LoraKeys of(ModelFamily family, UNetConfig unet) {
        return new LoraKeys(family, LdmNames.of(unet));
    }

    /**
     * The key to write.
     *
     * @param layer network and path, {@code unet/mid_block.attentions.0.proj_in}
     */
    public String key(String layer) {
        return spellings(layer).get(0);
    }

    /** Every key that means this layer in somebody's files; first the one to write. */
    public List<String> spellings(String layer) {
        int slash = layer.indexOf('/') + 1;
        String path = layer.substring(slash);
        return switch (layer.substring(0, slash)) {
            case UNET -> unetKeys(path);
            case TEXT_ENCODER -> {
                // diffusers' own converter says te1 even where there is but one
                String one = flat("lora_te", path);
                String first = flat("lora_te1", path);
                yield family == ModelFamily.SDXL ? List.of(first, one) : List.of(one, first);
            }
            case TEXT_ENCODER_2 -> List.of(flat("lora_te2", path));
            default ->
                throw new IllegalArgumentException(
                        "layer \"%s\" is in no network; wanted unet/, text_encoder/ or text_encoder_2/"
                                .formatted(layer));
        };
    }

    private List<String> unetKeys(String path) {
        List<String> keys = new ArrayList<>();
        keys.add(flat("lora_unet", path));
        String original = ldm.toLdm(path);
        if (original != null) {
            keys.add(family == ModelFamily.SDXL ? 0 : 1, flat("lora_unet", original));
            if (original.endsWith(".2.conv")) {
                // the original code's index is 1 where no transformer stands before the upsampler
                keys.add(flat("lora_unet", original.substring(0, original.length() - ".2.conv".length()) + ".1.conv"));
            }
        }
        return keys;
    }

    private static String flat(String prefix, String path) {
        return prefix + "_" + path.replace('.', '_');
    }
}
