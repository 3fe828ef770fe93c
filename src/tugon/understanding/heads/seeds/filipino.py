"""Filipino sentences. See the package for what the first two signs mean."""

LINES = """
-! Kanina pa sarado ang tindahan namin dahil sa inyo at walang sumasagot sa telepono.
-! May nagnanakaw ng pera ko ngayong oras na ito at puro kayo pangako.
-! Magsisimula na ang misa at putol pa rin ang palabas, nakakahiya kayo.
-! Naghihintay ang mga pasyente at nawala ang talaan ninyo, ayusin ninyo agad.
-! Pinutol ninyo ako sa gitna ng pagsusulit, galit na galit ako.
-! Nawalan ako ng sampung libo kagabi at wala pa kayong ginagawa, mga pabaya.
-! Bukas na ang pasahan at ilang araw nang sira ang pahina ninyo, sobra na ito.
-! Nakikita ng anak ko ang malalaswang palabas, alisin ninyo iyan ngayon din.
-! Ikatlong beses nang bumagsak ngayong linggo, nakatunganga ang buong klase ko.
-! May pumasok sa account ko at pinalitan ang lahat, bakit ang kupad ninyong kumilos?
-! Nasa paliparan na ako at ayaw tanggapin ang bilhin kong tiket, sinira ninyo ang biyahe ko.
-! Inilabas niya ang tirahan namin sa lahat at hinahayaan ninyo, mapapahamak kami.
-! Gamot ng tatay ko iyan at ngayong gabi kailangan, iniwan ninyo sa kung kanino.
-! Bawat minuto ay lugi kami dahil sa kapabayaan ninyo, kumilos na kayo.
-! Dalawang oras na kaming nakapila sa labas at ayaw bumukas ng pinto ninyo.
-! Sinisingil ninyo ang nanay kong patay na, itigil ninyo agad iyan.
-! Mamayang hatinggabi ang huling oras at hindi pa rin tinatanggap ang papeles ko, nakakaiyak kayo.
-! Nakuha ng manloloko ang pangalan namin at ginagamit na sa mga tao, nasaan kayo?
-. Apat na tao na ang kinausap ko at paulit-ulit lang ang tanong.
-. Ang bagal at ang pangit ng bagong ayos, nagsisisi ako.
-. Walang kinalaman ang sagot ninyo sa tinanong ko, nakakainis.
-. Taon-taon tumataas ang bayad pero lalong sumasama ang serbisyo.
-. Tatlong linggo akong naghintay para sa sagot na walang laman.
-. Niloko lang ninyo ako sa ipinangakong bawas.
-. Hindi ko nagustuhan ang pagsigaw ng tauhan ninyo sa akin.
-. Sayang ang ibinayad ko, wala namang mapanood.
-. Nakakapagod nang magpaliwanag sa inyo.
-. Binalewala ninyo ang reklamo ko, isinara nang walang paliwanag.
-. Sira ang dumating na gamit at ayaw ninyong palitan.
-. Nakakadismaya ang trato ninyo sa matagal nang suki.
-. Puro mali ang mga salin, nakakahiya.
-. Padala pa rin kayo nang padala ng patalastas kahit tumanggi na ako.
-. Nawala ang mga inipon kong listahan dahil sa pagkakamali ninyo, ang sakit.
-. Kalahati lang ang ibinalik ninyo at walang makapagsabi kung bakit.
-. Sabi ninyo dalawang araw, labing-isa na ngayon.
-. Ang hirap ninyong kausap, parang pader.
-. Hindi na ako babalik sa inyo kailanman.
-. Bastos ang sumagot sa akin kahapon.
-. Wala kayong isang salita.
-. Pinapagod lang ninyo ang mga tao.
-. Ang gulo ng pahina ninyo, walang makita.
-. Sawang-sawa na ako sa mga dahilan ninyo.
-. Kumakalansing ang tunog sa bawat yugto, ang sama ng gawa.
-. Sinisi ninyo ang linya ko, kayo naman pala ang may sira.
-. Ipagsasabi ko sa mga kaibigan kong huwag bumili sa inyo.
-. Napakatagal ng proseso at wala namang nangyari.
-. Tinanggal ninyo ang tanging gamit na kailangan ko.
-. Ang lungkot isipin na ganito na ang kinahinatnan ninyo.
0! May mga bayad sa account ko na hindi ako ang gumawa, pakiharang po agad.
0! Hindi po kami makatanggap ng mga order ngayon, walang koneksiyon ang makina.
0! Dalawampung minuto na lang po at magsisimula na ang pulong, ayaw bumukas ng daan.
0! Nawala po ngayon-ngayon lang ang telepono ko, paki-alis po sa lahat.
0! Wala pong makapasok ni isa sa aming opisina mula kaninang alas-nuwebe.
0! Alas-sais po ang lipad namin at mali ang pangalan sa tiket.
0! May ibang taong gumagamit ng account ko sa mga oras na ito.
0! Hanggang hatinggabi na lang po ang pagpapatala at hindi natatapos ang pag-akyat ng papel.
0! Nakikita po ng ibang tao ang mga order ng mga mamimili namin.
0! Hindi po mabuksan ng lahat ang pahina mula pa kaninang umaga.
0! Mali po ang numerong napadalhan ko ng pera, maaari po bang pigilin bago makaalis?
0! Kailangan pong mapalitan ang order na gamot bago umalis ang sasakyan mamayang hapon.
0! Mamayang gabi na po ang aming palabas at tinatanggihan ang aming kagamitan.
0! Kailangan ko po ang katibayan ngayong araw, bukas po ang panayam.
0! May pekeng pahina pong kumukuha ng mga lihim na salita sa pangalan ninyo.
0! Nasa labas na po ang mga panauhin at ayaw gumana ng kodigo ng pinto.
0! Halos puno na po ang lalagyan at huminto ang pagtatabi, baka mawala ang lahat.
0! Nasa ibang bansa po ako nang walang pera at naharang ang kard ko.
0! Dalawang oras na lang po at hindi ko maikabit ang alok namin.
0! Nababasa po ng lahat ang mga pribadong mensahe ng mga kasapi.
0! Bumagsak po ang buong sistema, dalawang daang tao po ang apektado.
0! Pakipatay po agad ang susi na naipaskil ko nang hindi sinasadya.
0! Nakakulong po ang bata sa tawag ng hindi kilala, paano po ito ititigil?
0. Paano po palitan ang tirahan sa aking resibo?
0. Anong uri po ng larawan ang maaaring iakyat?
0. Nais ko pong malaman kung magkano ang taunang plano.
0. Maaari po bang itago ang mga napanood ko na?
0. Pakipadala po ang sipi ng resibo noong nakaraang buwan.
0. Saan po makikita ang madilim na kulay?
0. Maaari po bang gamitin ng dalawang tao ang isang account?
0. Gusto ko pong lumipat sa taunang bayad sa susunod na buwan.
0. Gumagana po ba ito sa lumang tablet?
0. Kaunti pong naiba ang itsura, talaga po bang ganoon?
0. May letrang z po ang apelyido ko, pakitama po kapag may panahon kayo.
0. Ano po ang pagkakaiba ng dalawang plano?
0. Balak ko pong maglathala sa tag-araw, ano po ang dapat ihanda?
0. Gaano po katagal itinatago ang mga nairekord?
0. Pinag-iisipan po namin ang inyong produkto para sa aming paaralan.
0. Pakitanggal po ako sa mga pahatid-balita.
0. Nakalimutan ko po kung aling tirahan ng sulat ang ginamit ko.
0. Maaari po bang Lunes ang simula ng kalendaryo?
0. May bawas po ba para sa mga mag-aaral?
0. Isasara ko po ang aking account sa katapusan ng taon.
0. Dumating na po ang order, asul ang isang ilawan at berde ang hiningi ko.
0. Maaari po bang bayaran sa bangko sa halip na kard?
0. Pakisabi po kung anong mga datos ko ang hawak ninyo.
0. Anong oras po kayo nagbubukas kapag Sabado?
0. Natanggap ko na po ang kodigo, ano po ang kasunod?
0. Maaari po bang palitan ang wika ng talaan lamang?
0. Magdadagdag po kami ng tatlong upuan sa Hunyo.
0. Wala pong numero ng buwis ang resibo, maaari po bang idagdag?
0. Paano po baguhin ang pangalan ng aking himpilan?
0. Hinahanap ko po ang pahina ng mga pindutan.
0. Kailan po lalabas ang susunod na yugto?
0. Kanino po susulat tungkol sa maling salin?
0. Ipinadala ko po kahapon ang papel, heto po ang kulang na larawan.
0. Maliit po ang pindutan ng lakas ng tunog sa telebisyon namin.
0. Ano po ang mga bangkong tinatanggap ninyo?
0. Nais ko pong magtanong tungkol sa mga tuntunin ng paglalathala.
0. Ilan po ang maaaring manood nang sabay?
0. Maaari po bang makita ang kasaysayan ng aking mga bayad?
+. Gumagana na po ang lahat, ang husay ninyo.
+. Salamat po sa mahinahon ninyong paliwanag, marami akong natutuhan.
+. Nakatutuwa na may sumagot kahit Linggo.
+. Ang ganda ng bagong panooran, binabati ko kayo.
+. Ang bait at ang bilis ni Maria, saludo ako.
+. Dumating na po ang ibinalik na pera, maraming salamat.
+. Nagagamit na ni lola nang mag-isa, tuwang-tuwa siya.
+. Nabuksan ko na po agad, ang galing.
+. Sampung minuto lang, nalutas ninyo ang di nalutas ng iba.
+. Masaya akong nanatili sa inyo.
+. Napakagandang ideya ng mga larawan sa bawat hakbang.
+. Pinasaya ninyo ang gabi ko.
+. Maayos na maayos na po ngayon, mabuhay kayo.
+. Inirekomenda ko kayo sa mga kasama ko.
+. Kayo ang pinakamahusay na tumulong sa akin.
+. Ang ginhawa sa mata ng madilim na kulay, salamat.
+. Ang dali lang pala, salamat sa mabilis na tulong.
+. Nasiyahan kami sa bagong plano at sa presyo nito.
+. Maaga dumating ang padala at maayos ang balot.
+. Napangiti ako sa liham ninyo.
+. Napakaganda ng mga salin, nasisiyahan ang kapatid kong bingi.
+. Ramdam namin ang malasakit ninyo.
+. Pinahahalagahan ko ang katapatan ninyo tungkol sa antala.
+. Natapos ng mga bata ang gawain dahil sa inyo.
+. Nagpatuloy po ako ng isa pang taon nang buong puso.
+. Ayos na po ang lahat, magandang araw sa inyo.
+. Ang galing ng mga aralin, dagdagan pa sana.
+. Tuwang-tuwa ang buong pamilya sa palabas.
+! Ang bilis ninyo noon, baka po matulungan ninyo kami uli, sampung minuto na lang po.
+! Mahal namin ang serbisyo ninyo, pero wala pong makapasok ngayon sa bulwagan, pakibilis po.
+! Salamat po sa agad na pagsagot, nasa loob pa po ng account ko ang magnanakaw.
"""
