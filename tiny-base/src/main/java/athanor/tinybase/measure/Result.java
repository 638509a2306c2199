package athanor.tinybase.measure;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * What a measure found.
 *
 * @param claim what practitioners say
 * @param verdict whether that holds here, with the numbers that decide it
 * @param pictures rows of the sheet, each with its name
 */
record Result(String title, String claim, String verdict, Table table, List<Row> pictures, List<Check> checks) {

    /** One row of the sheet. */
    record Row(String name, List<BufferedImage> pictures) {}
}
