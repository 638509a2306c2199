package athanor.diffusion.training;

import athanor.diffusion.lora.LoraKeys;
import athanor.diffusion.lora.LoraLayer;
import athanor.diffusion.program.ParameterTable;
import athanor.diffusion.safetensors.FloatTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Cuts the flat vector of a training into the layers of a LoRA file. */
final class TrainedLayers {

    private static final String DOWN = ".lora_down.weight";

    private TrainedLayers() {}

    /** @param table the factors of each layer side by side, A before B */
    static List<LoraLayer> of(ParameterTable table, float[] flat, LoraKeys keys, float alpha) {
        Map<String, float[]> factors = FlatParameters.named(table, flat);
        List<LoraLayer> layers = new ArrayList<>();
        for (int i = 0; i < table.names().size(); i += 2) {
            String downName = table.names().get(i);
            String upName = table.names().get(i + 1);
            String layer = downName.substring(0, downName.length() - DOWN.length());
            layers.add(new LoraLayer(
                    keys.key(layer), tensor(table, downName, factors), tensor(table, upName, factors), alpha));
        }
        return layers;
    }

    private static FloatTensor tensor(ParameterTable table, String name, Map<String, float[]> factors) {
        float[] values = factors.get(name);
        if (values == null) {
            throw new IllegalStateException("no factor is called " + name);
        }
        return new FloatTensor(Arrays.stream(table.shape(name)).asLongStream().toArray(), values);
    }
}
