package athanor.diffusion.training;

import ai.djl.ndarray.types.DataType;
import athanor.diffusion.program.ParameterTable;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What of a base and its LoRA is trained, as counted in the program that trains it.
 *
 * @param layers that are adapted, two factors each
 * @param numbers of all factors
 * @param unetNumbers how many of them belong to the UNet; the others are the text encoders'
 * @param ranks that the factors have
 * @param convolutions adapted layers with a kernel larger than a point
 * @param type of the trained vector
 */
public record TrainedNumbers(
        int layers, long numbers, long unetNumbers, SortedSet<Integer> ranks, int convolutions, String type) {

    private static final String DOWN = ".lora_down.weight";

    static TrainedNumbers of(ParameterTable factors, int unetElements, DataType type) {
        SortedSet<Integer> ranks = new TreeSet<>();
        int layers = 0;
        int convolutions = 0;
        for (String name : factors.names()) {
            if (name.endsWith(DOWN)) {
                int[] shape = factors.shape(name);
                ranks.add(shape[0]);
                layers++;
                convolutions += shape.length == 4 && shape[2] * shape[3] > 1 ? 1 : 0;
            }
        }
        return new TrainedNumbers(layers, factors.totalElements(), unetElements, ranks, convolutions, type.toString());
    }
}
