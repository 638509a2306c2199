package athanor.pictures;

import java.util.Optional;
import java.util.regex.Pattern;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import org.jspecify.annotations.Nullable;

/** A JPEG that was cut short decodes to a picture with a grey lower part, and only a warning tells. */
final class DamageWarnings implements IIOReadWarningListener {

    /** Extraneous bytes before a marker are what many cameras write; they harm nothing. */
    private static final Pattern GRAVE = Pattern.compile(
            "premature|truncat|unexpected end|bad huffman|corrupt(?!.*extraneous)", Pattern.CASE_INSENSITIVE);

    private @Nullable String damage;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        if (damage == null && GRAVE.matcher(warning).find()) {
            damage = warning;
        }
    }

    Optional<String> damage() {
        return Optional.ofNullable(damage);
    }
}
