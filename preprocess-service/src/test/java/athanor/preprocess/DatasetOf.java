package athanor.preprocess;

import athanor.contracts.ObjectRef;
import athanor.contracts.Size;
import athanor.contracts.dataset.AcceptedPicture;
import athanor.contracts.dataset.DatasetManifest;
import athanor.contracts.events.DatasetAccepted;
import athanor.contracts.json.Json;
import athanor.contracts.picture.PictureLook;
import athanor.contracts.picture.Region;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.run.RunId;
import athanor.store.ObjectKeys;
import athanor.store.ObjectStore;
import athanor.store.Sha256;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** A dataset as ingest-service leaves it in the store. */
final class DatasetOf {

    private final ObjectStore store;
    private final RunId run;
    private Recipe recipe;
    private final List<AcceptedPicture> pictures = new ArrayList<>();

    DatasetOf(ObjectStore store, RunId run, Recipe recipe) {
        this.store = store;
        this.run = run;
        this.recipe = recipe;
    }

    DatasetOf picture(String fileName, int width, int height, String caption) {
        String format = fileName.substring(fileName.lastIndexOf('.') + 1);
        return file(fileName, painted(width, height, format), width, height, caption);
    }

    /** A file that ingest-service took, as nobody else would. */
    DatasetOf file(String fileName, byte[] bytes, int width, int height, String caption) {
        String format = fileName.substring(fileName.lastIndexOf('.') + 1);
        String sha256 = Sha256.of(bytes);
        ObjectRef original = store.put(ObjectKeys.original(run, sha256), bytes, "image/" + format);
        pictures.add(new AcceptedPicture(
                sha256, original, fileName, new Size(width, height), format.toUpperCase(), caption, null));
        return this;
    }

    /** The picture that was added last, with what looking at it came to. */
    DatasetOf seenAs(PictureLook look) {
        pictures.add(pictures.remove(pictures.size() - 1).seenAs(look));
        return this;
    }

    /** What is pointed out in the picture that was added last. */
    DatasetOf regions(List<Region> regions) {
        AcceptedPicture last = pictures.remove(pictures.size() - 1);
        pictures.add(new AcceptedPicture(
                last.sha256(),
                last.original(),
                last.fileName(),
                last.size(),
                last.format(),
                last.caption(),
                last.look(),
                regions));
        return this;
    }

    DatasetOf with(Recipe other) {
        recipe = other;
        return this;
    }

    DatasetAccepted accepted() {
        ObjectRef manifest = store.put(
                ObjectKeys.manifest(run),
                Json.bytes(new DatasetManifest(run, pictures, List.of())),
                "application/json");
        return new DatasetAccepted(run, "my run", manifest, Math.max(1, pictures.size()), 0, recipe, Instant.now());
    }

    static byte[] png(int width, int height) {
        return painted(width, height, "png");
    }

    private static byte[] painted(int width, int height, String format) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(new Color(120, 160, 200));
        canvas.fillRect(0, 0, width, height);
        canvas.setColor(new Color(200, 60, 20));
        canvas.fillOval(width / 4, height / 4, width / 2, height / 2);
        canvas.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
