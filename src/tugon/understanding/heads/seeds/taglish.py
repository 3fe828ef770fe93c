"""Sentences that mix Filipino and English. See the package for what the first two signs mean."""

LINES = """
-! Kanina pa down ang system nyo, lugi na kami every minute, grabe kayo.
-! May nag-withdraw sa account ko right now tapos bot lang ang sumasagot, nakakagalit.
-! Mag-start na yung concert in one hour, black screen pa rin, ano ba yan.
-! Exam ng students ko ngayon tapos bigla kayong nag-maintenance, napaka-irresponsible.
-! Na-hack ako since kagabi, ilang beses na akong nag-report, do something naman.
-! Nasa airport na ako, ayaw ma-scan ng ticket, sira ang vacation dahil sa inyo.
-! Third time this week na bumagsak, buong class nakatingin sa blank wall ngayon.
-! Payroll namin mamaya, yung export nyo sira na naman, sobrang frustrated na kami.
-! Pinost niya address ko and you let it stay, delikado kami, alisin nyo na now.
-! Yung bata nakakakita ng adult videos sa kids profile, fix this immediately, nakakasuka.
-! Deadline ko in two hours, hindi nyo pa rin naaayos ang upload, so unprofessional.
-! Chinarge nyo ako ng 9k sa cancelled card, due ng rent bukas, ibalik nyo na.
-! Nabura ang shop ko on our biggest sale day, put it back asap, ang sama ng service.
-! Gamot yun ng tatay ko, need tonight, iniwan ng rider nyo kung saan.
-! Lahat ng clients namin busy tone ang naririnig, since morning pa, unbelievable talaga.
-! May gumagamit ng identity ko to scam people ngayon, bakit ang bagal nyo mag-act.
-! Standing here outside the venue, ayaw gumana ng QR nyo, nakakahiya sa guests.
-! Hindi maka-login lahat ng employees namin, two hours na, walang update from you, bwisit.
-. Apat na agents na kausap ko, every time back to zero, nakakapagod.
-. Ang ugly ng new layout tapos ang bagal pa, sana di na lang ako nag-update.
-. Yung reply nyo walang connection sa tanong ko, did you even read.
-. Every year nagmamahal pero worse naman ang service.
-. Three weeks waiting tapos copy-paste lang ang sagot.
-. Na-scam ako sa promo nyo, hindi naman na-apply yung discount.
-. Ang rude ng agent, binabaan ako ng phone.
-. Sayang ang subscription, wala naman magandang mapanood.
-. Sinara nyo ang complaint ko without explanation, hindi ok yun.
-. Dumating yung item na may crack, tapos ayaw nyo i-replace.
-. So disappointed, ten years na akong customer tapos ganito.
-. Puro typo ang subtitles, nakakahiya for a big company.
-. Unsubscribe na nga ako, send pa rin kayo ng ads, nakakainis.
-. Nawala mga playlist ko because of your mistake, ang sakit.
-. Half lang ang na-refund, walang maka-explain kung bakit.
-. Sabi nyo two days, eleven days na po.
-. Ang hirap gamitin ng checkout nyo, worst ever.
-. Hindi na ako mag-rerenew, sobrang daming bugs.
-. Sinisi nyo ang router ko, server nyo pala ang may problem.
-. Tinanggal nyo yung only feature na ginagamit ko, sad.
-. Paulit-ulit ang troubleshooting, wala namang nangyayari.
-. Crackling ang sound every episode, ang pangit ng quality.
-. Nag-aksaya lang ako ng time sa chat nyo.
-. Hindi honest ang ads nyo, feeling ko niloko ako.
-. Ang daming excuses, just admit na sira.
-. Nakaka-stress yung app, always nagha-hang.
-. Sana all companies matuto mag-reply, kayo hindi.
-. Never again, sasabihin ko sa friends ko na iwasan kayo.
-. Yung form nyo binura ang sinulat ko twice, nakakainis promise.
-. Walang kwenta ang help page, outdated lahat.
0! May transactions po na hindi akin, paki-block po agad ang account.
0! Hindi po kami maka-accept ng orders ngayon, no connection ang POS.
0! Magsisimula na po ang webinar in 20 minutes, error ang link.
0! Nawala po phone ko just now, paki-logout po sa lahat ng device.
0! Buong office po na-logout at hindi makapasok ulit.
0! 6 pm po ang flight namin, mali ang name sa booking.
0! May naka-login po sa account ko from another country right now.
0! Until midnight lang po ang enrollment, stuck sa 90 percent ang upload.
0! Nakikita po ng customers ang orders ng iba sa shop page namin.
0! Down po ang site for all of us since 10 am.
0! Mali po ang account number na na-transferan ko, pwede po ba i-stop before ma-process?
0! Need po ma-change ang delivery bago umalis ang rider this afternoon.
0! Live show po namin tonight, nire-reject ang encoder.
0! Kailangan ko po ng certificate today, interview ko na tomorrow morning.
0! May fake page po na kumukuha ng passwords using your name.
0! Nasa labas na po ang guests, ayaw gumana ng door code.
0! Nag-stop po ang backup at almost full na ang disk.
0! Nasa abroad po ako na walang cash, na-freeze ang card ko.
0! Two hours left po sa bidding, hindi ma-attach ang file.
0! Visible po sa everyone ang private messages ng members.
0! Lahat po ng checkout nag-fail since last deploy, mga 200 per hour.
0! Paki-disable po ang API key na na-post ko publicly by accident.
0! Yung anak ko po na-stuck sa call with a stranger, paano i-end?
0! Hindi po ma-open ng 40 students ang quiz, ngayon na po ang exam.
0. Paano po i-change ang billing address ko?
0. Anong file types po pwede sa profile picture?
0. Magkano po ang annual plan?
0. Pwede po bang i-hide ang mga napanood ko na?
0. Pa-send po ng copy ng invoice last month.
0. Saan po makikita ang dark mode setting?
0. Pwede po ba ang two people sa isang account?
0. Gusto ko po lumipat from monthly to yearly next month.
0. Gumagana po ba ang app sa old tablet?
0. Naiba po ng konti ang icon after update, intended po ba?
0. May z po ang surname ko, paki-correct na lang po when you have time.
0. Ano po difference ng two plans?
0. Plan ko po mag-publish ng series sa summer, ano po requirements?
0. Gaano po katagal naka-save ang recordings?
0. We are considering your product po para sa school namin.
0. Paki-remove po ako sa newsletter.
0. Nakalimutan ko po kung anong email ang ginamit ko pag-register.
0. Pwede po bang Monday ang start ng calendar?
0. May student discount po ba?
0. I-close ko po sana ang account ko sa end of the year.
0. Dumating na po ang order, blue po yung isang lamp, green po ang order ko.
0. Pwede po ba bank transfer instead of card?
0. Anong data ko po ang naka-store sa inyo?
0. What time po kayo open pag Saturday?
0. Na-receive ko na po ang code, ano po next step?
0. Pwede po bang menu lang ang i-change ang language?
0. Mag-add po kami ng three seats sa June.
0. Wala pong TIN ang receipt, pwede po ba i-add?
0. Paano po i-rename ang channel ko?
0. Hinahanap ko po yung page ng keyboard shortcuts.
0. Kailan po ang next season?
0. Kanino po ako mag-email about sa translation mistake?
0. Na-send ko na po ang form yesterday, eto po yung missing picture.
0. Maliit po ang volume button sa TV namin.
0. Anong cards po ang accepted nyo?
0. Ask ko lang po kung may refund policy kayo for gifts.
0. Ilan po pwede manood at the same time?
0. Pwede po bang makita ang payment history ko?
0. Paano po i-download ang episode for offline?
+. Working na po lahat, ang galing nyo talaga.
+. Thank you po sa patience, dami kong natutunan.
+. Nice surprise na may nag-reply kahit Sunday.
+. Ang ganda ng new player, congrats sa team.
+. Super bait at bilis ni Maria, five stars.
+. Na-receive ko na po ang refund, thank you so much.
+. Nagagamit na ni lola ang app mag-isa, happy siya.
+. Na-open ko na po sa first try, galing.
+. Ten minutes lang solved na, yung iba one month wala.
+. Happy ako na nag-stay ako sa inyo.
+. Great idea po yung pictures sa every step.
+. You made my night, ang ganda ng film festival page.
+. Smooth na po since nung update, well done.
+. Ni-recommend ko kayo sa officemates ko.
+. Best customer support na na-experience ko.
+. Love ko ang dark mode, thank you.
+. Ang easy lang pala, thanks sa mabilis na help.
+. Satisfied kami sa new plan, sulit ang price.
+. Maaga dumating ang parcel, ang ayos ng packaging.
+. Napa-smile ako sa letter nyo.
+. Ang ganda ng captions, enjoy na enjoy ang kapatid ko.
+. Appreciate ko po na honest kayo about sa delay.
+. Natapos ng kids ang project because of you.
+. Nag-renew po ako for another year, worth it.
+. All good na po, have a great day.
+. Superb ang lessons, more please.
+. Ang cute ng new stickers, love it.
+. Okay na okay na po, you are the best.
+! Ang bilis nyo last time, baka pwede ulit, 10 minutes na lang po show na.
+! Love your service po, pero walang makapasok ngayon sa hall, please hurry.
+! Thank you sa quick reply, nasa account ko pa rin po yung hacker right now.
"""
