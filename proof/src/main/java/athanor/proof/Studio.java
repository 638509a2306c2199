package athanor.proof;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who draws for a proof and looks at what was drawn, always with the same base, size and sampler. */
public interface Studio {

    /**
     * @param trial the LoRA and how much it counts; null for the base alone
     * @return in the order in which they were asked for
     */
    List<BufferedImage> draw(@Nullable Trial trial, List<Asked> wanted);

    /**
     * The same at another size.
     *
     * @param times the trained size, in each direction
     * @return none where pictures of that size cannot be drawn here
     */
    default List<BufferedImage> draw(@Nullable Trial trial, List<Asked> wanted, double times) {
        return List.of();
    }

    /** @return for each picture what the base sees in it: numbers, as many for one as for another */
    List<float[]> look(List<BufferedImage> pictures);

    /** @return for each picture what it shows of people; empty where nobody is found, or nobody can tell */
    default List<Optional<Sight>> see(List<BufferedImage> pictures) {
        return pictures.stream().map(picture -> Optional.<Sight>empty()).toList();
    }
}
