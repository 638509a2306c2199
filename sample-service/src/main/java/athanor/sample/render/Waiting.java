package athanor.sample.render;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Somebody's wish that waits for its turn, and what came of it. */
final class Waiting {

    private final RenderWish wish;
    private final BooleanSupplier cancelled;
    private volatile @Nullable RenderedPictures drawn;

    Waiting(RenderWish wish, BooleanSupplier cancelled) {
        this.wish = wish;
        this.cancelled = cancelled;
    }

    RenderWish wish() {
        return wish;
    }

    boolean isCancelled() {
        return cancelled.getAsBoolean();
    }

    void checkThatItIsWanted() {
        if (isCancelled()) {
            throw new CancellationException("cancelled before its turn came");
        }
    }

    void told(int done, int total) {
        DrawingWatch watch = wish.watch();
        if (watch != null) {
            watch.stepped(done, total);
        }
    }

    /** Absent: its turn has not come yet. */
    @Nullable
    RenderedPictures drawn() {
        return drawn;
    }

    void drawn(List<BufferedImage> pictures, List<String> warnings) {
        drawn = new RenderedPictures(pictures, warnings);
    }
}
