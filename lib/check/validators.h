/* validators.h: the functions behind the table of check.c, by the file that holds them. What each
 * accepts is said once, in the table. */
#ifndef PV_CHECK_VALIDATORS_H
#define PV_CHECK_VALIDATORS_H

#include "check/check.h"

/* nhs_number.c */
pv_check_fn pv_check_nhs_number, pv_check_nhs_number_issued, pv_check_nhs_number_test,
    pv_check_chi_number, pv_check_hc_number;

/* look_alike.c */
pv_check_fn pv_check_isbn_10, pv_check_unix_time, pv_check_repeated_digits, pv_check_round_number;

/* phone.c */
pv_check_fn pv_check_uk_phone, pv_check_uk_phone_drama;

/* postcode.c */
pv_check_fn pv_check_postcode, pv_check_postcode_shape, pv_check_outward_code;

/* date.c */
pv_check_fn pv_check_date, pv_check_birth_date, pv_check_past_date_2_years;

/* luhn.c, iban.c, nino.c, driving_licence.c, vehicle.c, email.c */
pv_check_fn pv_check_luhn, pv_check_iban, pv_check_nino, pv_check_driving_licence,
    pv_check_vehicle_registration, pv_check_email;

#endif
