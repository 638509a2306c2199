package athanor.proof;

import java.awt.image.BufferedImage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who draws for a proof and looks at what was drawn, always with the same base, size and sampler. */
public interface Studio {

    /**
     * @param trial the LoRA and how much it counts; null for the base alone
     * @return in the order in which they were asked for
     */
    List<BufferedImage> draw(@Nullable Trial trial, List<Asked> wanted);

    /** @return for each picture what the base sees in it: numbers, as many for one as for another */
    List<float[]> look(List<BufferedImage> pictures);
}
