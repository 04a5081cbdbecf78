/**
 * Every reason a record or a file can be refused for, with what to do about it. The names are
 * stable: they stand in the quarantine and in machines' answers. Hints never quote a value.
 */
export const hints = {
  // Rules of a value: they refuse its record.
  required: 'Fill the column, or leave the record out of the export.',
  not_a_number:
    'Write digits, a minus sign and one decimal point, as in -1234.56. For 1.234,56 set "decimal": "," and "thousands": "." for this source.',
  thousands_separator:
    'Export the number without thousands separators, or set "thousands" (and "decimal") for this source.',
  currency_symbol:
    'Say in the mapping which currency it is, such as "currency": {"value": "EUR"}: its sign and code are read beside numbers. Or export bare numbers.',
  scientific_notation:
    'A spreadsheet shortened this number and its digits are lost. Export it again from the source system as text.',
  spreadsheet_date:
    'A spreadsheet turned this code into a date. Export it again from the source system as text.',
  formula_cell: 'A value beginning with = is a spreadsheet formula. Export values, not formulas.',
  implausible_amount:
    'Amounts, prices and costs are at most 1,000,000,000, quantity × unit_price too. A larger number is most often a time stamp or an id: correct the mapping, or mend it in the source system.',
  implausible_quantity:
    'Quantities are at most 1,000,000. A larger number is most often an id: correct the mapping, or mend it in the source system.',
  not_a_whole_number: 'Write a whole number, such as 3.',
  negative_price: 'A price is never negative: write a return with a negative quantity or amount.',
  not_a_share:
    'A discount that is a share must lie between nothing and the whole line: correct "as" of the discount in the mapping.',
  negative_discount: 'Write what was taken off as a positive number.',
  unknown_date_format:
    'Dates are read as ISO (2026-01-31, 2026-01-31T09:30:00Z). For another form set "date_format" for this source, such as "DD.MM.YYYY HH:mm".',
  ambiguous_date:
    'This may be day/month or month/day. Set "date_format": "DD/MM/YYYY" or "MM/DD/YYYY" for this source.',
  wrong_date_format:
    'The value has not the form that "date_format" of this source says. Mend the export, or list every form that occurs.',
  impossible_date: 'There is no such day or time of day. Mend it in the source system.',
  implausible_date:
    'The date is outside of the years that can be meant. Mend it in the source system.',
  missing_time:
    'The first second of 1970 is what programs write where a time is missing. Mend it in the source system.',
  in_the_future:
    'The date is more than a day after the file was delivered. Mend it, or set the right "time_zone" or "date_format".',
  not_an_email: 'Write one address, such as name@example.com, or leave the column empty.',
  not_a_phone:
    'Write the number with its country code, such as +33 6 12 34 56 78, or set "phone_country" for this source.',
  phone_without_country:
    'The number names no country. Write it as +33 6 12 34 56 78, or set "phone_country" for this source.',
  not_a_currency: 'Write the three letters of ISO 4217, such as EUR.',
  not_a_country:
    'Write the two letters of ISO 3166, such as FR, or the name in English, or map names with "values".',
  unknown_status:
    'Say under "sources" what the word means: "status_words": {"<word>": "sold"}, or partly_given_back, given_back, open, cancelled.',
  unknown_kind: 'Write sale, gift_card, fee, shipping or tip, or map other words with "values".',
  not_a_flag: 'Write true or false (1/0, yes/no and y/n are read too).',
  invisible_character:
    'The value holds control or zero-width characters that nobody sees. Remove them in the source system.',
  too_long: 'The value is longer than its column allows. Mend it in the source system.',
  nested_column:
    'The column holds structures or lists. Export the value that is meant as a column of its own.',
  wrong_column:
    'So many values of a column cannot be read that it must be the wrong one, or be read in another way. Correct its mapping, or leave it out.',
  amount_missing:
    'Give the amount, or quantity and unit_price: without them the line has no value.',

  // Rules of a record.
  no_reference:
    'Give whom the record is about: customer_id, email, phone or loyalty_id, at least one of them.',
  ragged_record:
    'The record has more or fewer fields than the header. Quote values that hold the delimiter or a line end.',
  not_json: 'The line is no JSON. Write one JSON object a line, without line ends inside.',
  not_an_object: 'The line is no JSON object. Write one object a line: {"ordered_at": "…", …}.',
  repeated_name: 'The JSON object has the same name twice. Leave one out.',
  unknown_field:
    'The record has a field that the feed does not know. Correct its name, or describe the file under "sources" in the configuration.',

  // Rules of a file: they refuse it whole.
  unusable_name:
    'The name holds a backslash, control characters or bytes that are no UTF-8. Rename the file, and drop it again.',
  unusable_time:
    'The file was changed in a year that no calendar of the tables has. Give it a time of today, as with touch, and drop it again.',
  no_access: 'This user has no right to read the file or its folder. Give it, as with chmod a+r.',
  not_a_file:
    'This is no file with content but an empty folder, a pipe, a device, or a link to nothing or to a folder it lies in. Drop the file itself.',
  too_heavy:
    'Its columns and texts together need more memory than a file gets. Leave out columns or long texts that nobody needs, or split it.',
  unreadable:
    'The file is of a form that nobody has thought of: the reader failed on it. Export it in another way, and please report this form.',
  not_a_feed: 'Put files under drop/<feed>/, the feed being one that is known.',
  unknown_extension:
    'Drop .csv, .tsv, .txt or .jsonl files, each also with .gz behind, or .parquet files.',
  workbook:
    'A workbook is not read. Open it and save the sheet as "CSV UTF-8 (comma delimited)", in LibreOffice as "Text CSV" with the character set UTF-8, and drop that file.',
  damaged_parquet: 'The Parquet file is damaged or cut short. Write and upload it again.',
  too_many_records:
    'The file claims more records than its size can hold. Split it, or export it again.',
  unknown_source:
    'The configuration has no mapping of this source for this feed: add one under "sources", or drop the file without a source folder.',
  object_gone: 'The object is no longer there: it was replaced or deleted after its event.',
  empty_file: 'The file holds no header. Export it again.',
  no_objects: 'The file holds no JSON object. Write one object a line: {"ordered_at": "…", …}.',
  not_text:
    'This is not a text file. Export the data as CSV in UTF-8; a workbook must be saved as CSV first.',
  wrong_encoding:
    'The file is not valid UTF-8. Export it as UTF-8, or set "encoding" (such as "windows-1252") for this source.',
  nul_byte: 'The file holds NUL bytes: it is binary, damaged or UTF-16. Export it again as UTF-8.',
  truncated_gzip: 'The compressed file is cut short or damaged. Upload it again.',
  inflates_too_much:
    'The compressed file inflates beyond the limit. Split it, or upload it uncompressed.',
  file_too_large: 'The file is larger than the limit. Split it into several.',
  unclosed_quote:
    'A quote opens here and is not closed properly, so that records after it run together. Double the quotes inside of values, or set "quote" for this source.',
  misplaced_quote:
    'Text stands between a quote and the next delimiter. Double the quotes inside of values, or set "quote" for this source.',
  oversize_record:
    'One record is longer than the limit, most likely for a missing quote or line end. Mend the export.',
  repeated_header: 'Two columns have the same name. Rename one in the export.',
  unnamed_header: 'A column has no name. Name it, or leave it out of the export.',
  unknown_header:
    'Rename the columns to those of the feed, or describe the file under "sources" in the configuration.',
  missing_column: 'Add the column to the export, or correct its name in the mapping.',
  ambiguous_header:
    'Several sources of the configuration read such a header. Drop the file under drop/<feed>/<source>/.',
  count_differs:
    'Two independent readers count different numbers of records, so nothing of the file is loaded. Please report this file format.',
  too_many_refused:
    'So many records are refused that the file or its mapping must be wrong as a whole. See the first refusals, mend, and drop it again.',
} as const satisfies Readonly<Record<string, string>>;

export type Rule = keyof typeof hints;
