package athanor.diffusion.lora.elsewhere;

import athanor.diffusion.checkpoint.Weights;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.model.ModelFamily;
import athanor.diffusion.network.UNetConfig;
import athanor.diffusion.singlefile.LdmNames;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The layers of a base that a LoRA can adapt, as other programs hold them in memory: by diffusers' path and by the original
 * code's.
 */
final class BaseLayers {

    static final String UNET = "unet/";
    static final String TEXT_ENCODER = "text_encoder/";
    static final String TEXT_ENCODER_2 = "text_encoder_2/";

    private static final String WEIGHT = ".weight";

    /** What a layer maps: so many numbers to so many. */
    record Sides(long in, long out) {}

    private final ModelFamily family;
    private final BlockNumbers blocks;
    private final UNetConfig unet;
    private final LdmNames ldm;
    private final Map<String, Sides> layers;

    private BaseLayers(ModelFamily family, UNetConfig unet, Map<String, Sides> layers) {
        this.family = family;
        this.unet = unet;
        this.blocks = new BlockNumbers(unet.layersPerBlock());
        this.ldm = LdmNames.of(unet);
        this.layers = layers;
    }

    /** Reads the names and shapes of the weights, not the weights. */
    static BaseLayers of(BaseModel base) {
        Map<String, Sides> layers = new HashMap<>();
        add(layers, UNET, base.unet());
        for (int i = 0; i < base.textEncoderConfigs().size(); i++) {
            add(layers, i == 0 ? TEXT_ENCODER : TEXT_ENCODER_2, base.textEncoder(i));
        }
        return of(base.family(), base.unetConfig(), layers);
    }

    static BaseLayers of(ModelFamily family, UNetConfig unet, Map<String, Sides> layers) {
        return new BaseLayers(family, unet, layers);
    }

    private static void add(Map<String, Sides> layers, String network, Weights weights) {
        for (String name : weights.names()) {
            long[] shape = weights.shape(name);
            if (name.endsWith(WEIGHT) && shape.length >= 2) {
                long in = Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
                layers.put(network + name.substring(0, name.length() - WEIGHT.length()), new Sides(in, shape[0]));
            }
        }
    }

    ModelFamily family() {
        return family;
    }

    BlockNumbers blocks() {
        return blocks;
    }

    Iterable<String> all() {
        return layers.keySet();
    }

    @Nullable
    Sides sides(String layer) {
        return layers.get(layer);
    }

    /** The layer itself where the base has it, else null. */
    @Nullable
    String known(String layer) {
        return layers.containsKey(layer) ? layer : null;
    }

    /** Path of a UNet layer in the original code; null where it has none. */
    @Nullable
    String original(String layer) {
        String path = layer.substring(UNET.length());
        String original = ldm.toLdm(path);
        if (original == null || !path.contains(".upsamplers.")) {
            return original;
        }
        String place = ".%d.conv".formatted(placeOfUpsampler(Integer.parseInt(path.split("\\.")[1])));
        return original.substring(0, original.length() - place.length()) + place;
    }

    /** In the last block of a level of the way up: behind the transformer, where there is one. */
    int placeOfUpsampler(int level) {
        return unet.crossAttentionUp().get(level) ? 2 : 1;
    }

    static String flat(String path) {
        return path.replace('.', '_');
    }
}
