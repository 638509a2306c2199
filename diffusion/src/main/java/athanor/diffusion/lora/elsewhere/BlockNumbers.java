package athanor.diffusion.lora.elsewhere;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The original code numbers a UNet's blocks through, diffusers by level and place. Other programs reckon with three blocks a
 * level ({@code 1 + 3 i + j}), as all bases in the wild have two layers and a sampler; here it is as many as the base has.
 */
final class BlockNumbers {

    /** @param place within the level; the sampler's is behind the last layer */
    record Place(int level, int place) {}

    private final List<Integer> down;
    private final List<Integer> up;

    BlockNumbers(List<Integer> layersPerBlock) {
        this.down = layersPerBlock.stream().map(layers -> layers + 1).toList();
        List<Integer> reversed = new ArrayList<>(down);
        Collections.reverse(reversed);
        this.up = List.copyOf(reversed); // one layer more, and the sampler has no number of its own
    }

    /** Of {@code input_blocks}, whose first is the convolution before all levels. */
    int down(int level, int place) {
        return 1 + first(down, level) + place;
    }

    /** Of {@code output_blocks}. */
    int up(int level, int place) {
        return first(up, level) + place;
    }

    /** Of the last block of a level of {@code output_blocks}, which the upsampler belongs to. */
    int lastUp(int level) {
        return first(up, level + 1) - 1;
    }

    /** The place of the sampler of a level. */
    int downsampler(int level) {
        return first(down, level + 1);
    }

    Place downAt(int number) {
        return at(down, number - 1);
    }

    Place upAt(int number) {
        return at(up, number);
    }

    private static int first(List<Integer> blocks, int level) {
        return blocks.stream().limit(level).mapToInt(Integer::intValue).sum();
    }

    private static Place at(List<Integer> blocks, int number) {
        int level = 0;
        int place = number;
        while (level < blocks.size() && place >= blocks.get(level)) {
            place -= blocks.get(level++);
        }
        return new Place(level, place);
    }
}
