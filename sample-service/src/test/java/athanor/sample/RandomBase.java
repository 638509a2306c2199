package athanor.sample;

import athanor.diffusion.lora.LoraFile;
import athanor.diffusion.lora.LoraKeys;
import athanor.diffusion.lora.LoraLayer;
import athanor.diffusion.model.BaseModel;
import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.safetensors.FloatTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A base of the real architecture with random weights, small enough to draw in a moment. Its pictures are noise; that
 * they depend on prompt, seed and LoRA is all that is asked of them.
 */
final class RandomBase {

    /** Folder of base models. */
    static final Path FOLDER = Path.of("..", "diffusion", "src", "test", "resources", "parity");

    static final String NAME = "sd1";

    private RandomBase() {}

    /** A LoRA on every query projection, strong enough to be seen. */
    static byte[] lora(Map<String, String> metadata) {
        Random random = new Random(1);
        try (BaseModel base = BaseModel.open(FOLDER.resolve(NAME))) {
            LoraKeys keys = LoraKeys.of(base);
            List<LoraLayer> layers = new ArrayList<>();
            for (String name : base.unet().names()) {
                if (name.endsWith("attn2.to_v.weight")) {
                    long[] shape = base.unet().shape(name);
                    layers.add(new LoraLayer(
                            keys.key("unet/" + name.substring(0, name.length() - ".weight".length())),
                            noise(random, 2, (int) shape[1]),
                            noise(random, (int) shape[0], 2),
                            2));
                }
            }
            return LoraFile.of(layers, metadata).toBytes(Dtype.F16);
        }
    }

    private static FloatTensor noise(Random random, int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new FloatTensor(new long[] {rows, columns}, values);
    }
}
