"""English sentences. See the package for what the first two signs mean."""

LINES = """
-! Our whole shop has been closed to customers since seven and nobody at your end picks up.
-! Somebody emptied my account overnight and you people still have not frozen it.
-! The concert starts in an hour and the stream you sold me shows nothing, this is a disgrace.
-! I have patients waiting and your calendar has eaten today's appointments again.
-! You cut me off in the middle of an exam, fix it now.
-! A thief is spending with my card while I type this and your bot asks me to rate it.
-! We lose money every minute this page stays broken and I am done with excuses.
-! My daughter can see adult clips on a child profile, take them away this instant.
-! The payroll goes out tonight and your export is garbage, I am furious.
-! Third outage this week, my class of forty sits in front of a blank wall right now.
-! A stranger changed my password an hour ago and your answer is a canned letter.
-! If the tickets are not released before noon we will all miss the boat, appalling service.
-! Your driver left the medicine with a stranger and my father needs it tonight.
-! You deleted my shop on our biggest sales day, put it back at once.
-! The alarm will not turn off, neighbours called the police, and your line is dead.
-! He posted my home address and you leave it up, somebody will get hurt.
-! I am standing at the gate and the boarding code will not open, thanks for ruining this.
-! All our phones are down and every client hears a busy tone, unbelievable.
-! You charged nine thousand to a card I cancelled, my rent bounces tomorrow.
-! The court wants these files by five and your download has failed for two days.
-. I have explained the same thing to four people and each starts from zero.
-. The new layout is ugly and slower than before, I regret updating.
-. Nobody read my letter, the answer has nothing to do with what I asked.
-. Paying more every year for less is getting old.
-. Your courier tossed the parcel over the fence and it is dented.
-. I waited three weeks for a reply that says nothing at all.
-. The quality of the pictures is poor and I feel cheated.
-. It is tiring that every small change breaks something else.
-. I do not appreciate being called a liar by your staff.
-. What a waste of a subscription, I hardly found one film worth watching.
-. The promised discount never showed up on any of my bills.
-. Your search never finds what I look for, it drives me mad.
-. I am let down by how you treated a client of ten years.
-. The manual is a mess and the pictures show another product.
-. You keep sending me advertisements although I said no twice.
-. My refund was half of what we agreed and nobody can say why.
-. I gave up on the form after it lost my words for the second time.
-. The sound crackles in every episode and I am sick of it.
-. The agent hung up on me, that was rude.
-. This must be the clumsiest app I have on my phone.
-. Your last update took away the only feature I used.
-. I was told two days, it has been eleven.
-. Honestly, the worst checkout I have met this year.
-. It hurts to see years of my playlists gone because of your mistake.
-. I am tired of excuses, just admit that it does not work.
-. The box came without the cable although the page says it is included.
-. You blamed my router, it turned out to be your server.
-. I will tell all my friends to stay away from your service.
-. My complaint was closed without a single word.
-. The subtitles are full of errors, that is embarrassing.
0! My account shows payments I did not make, please block it straight away.
0! We cannot take orders at the moment, the till says no connection.
0! The webinar begins in twenty minutes and the link gives an error.
0! I lost my phone just now, please sign it out everywhere.
0! Every computer in our office was logged out and none can get in again.
0! Our flight leaves at six and the booking shows the wrong name.
0! The pump's control page does not load and the tank is filling.
0! Someone is logged in as me from another country this minute.
0! The enrolment closes at midnight and the upload stays at ninety percent.
0! Customers see each other's orders on our shop page.
0! The site is unreachable for all of us since ten o'clock.
0! I typed the wrong account number for a transfer, can it be stopped before it leaves?
0! The medicine order has to be changed before the van goes out this afternoon.
0! Please disable the key that I pasted in a public place by accident.
0! Our live show goes on air tonight and the encoder is refused.
0! I need the certificate today, the interview is tomorrow at eight.
0! A fake page collects our users' passwords in your name.
0! The door code does not work and the guests stand outside.
0! The backup stopped and the disk is nearly full, we may lose data.
0! My son got locked in a call with a stranger, how do I end it?
0! All checkouts fail since the last deploy, about two hundred an hour.
0! The server room alarm page is down, who is on duty?
0! I am abroad without cash and my card has been frozen.
0! The tender ends in two hours and I cannot attach the offer.
0! Private messages of members are visible to everybody.
0. How can I change the address printed on my bill?
0. Which formats may I upload for a profile picture?
0. I would like to know what the yearly plan costs.
0. Is there a way to hide films that I have seen?
0. Please send me a copy of last month's invoice.
0. The field for the second name does not take an accent.
0. Where do I find the setting for dark colours?
0. Can two people use one account on different sofas?
0. I want to move my subscription from monthly to yearly next quarter.
0. Does the app work on a tablet from five years ago?
0. After the update the icon looks a little different, is that meant?
0. My name is spelt with a z, could you correct it when convenient?
0. What is the difference between the two plans?
0. I plan to publish a series in spring, what should I prepare?
0. The list shows ten rows, may I see more at once?
0. How long are recordings kept?
0. We consider your product for a school of four hundred pupils.
0. Please remove me from the newsletter.
0. Which card do you accept in Norway?
0. I forgot which address I signed up with.
0. The chapter on exports does not say where the file is saved.
0. Could the calendar begin on Monday?
0. Is a student discount available?
0. I should like to close my account at the end of the year.
0. My order arrived, one of the two lamps is blue and I ordered green.
0. Can I download an episode for a train ride next month?
0. Do you have a price list in euros?
0. The volume button is small on my television.
0. When will the next season be available?
0. Who do I write to about a translation mistake in chapter two?
0. I sent the form yesterday, here is the picture that was missing.
0. May I pay by bank transfer instead of card?
0. Please tell me which data you keep about me.
0. What time does your office open on Saturdays?
0. The code came by mail and I entered it, what is the next step?
0. Is it possible to change the language of the menu only?
0. We would like to add three more seats in June.
0. The printed receipt has no tax number, can it be added?
0. How do I rename a channel?
0. I am looking for the page with the keyboard shortcuts.
+. Everything works again, you people are wonderful.
+. Thank you for explaining it so patiently, I learned something.
+. What a lovely surprise to get an answer on a Sunday.
+. The new player is a joy to use, my compliments to the team.
+. I just wanted to say that Maria was kind and quick.
+. Perfect, the refund is here, many thanks.
+. My grandmother uses your app by herself now, that says it all.
+. Great news, the file opened at the first try.
+. You solved in ten minutes what others could not in a month.
+. I am glad I stayed with you, keep going like this.
+. Brilliant idea to put the steps into pictures.
+. Your film festival page made my evening.
+. It runs smoothly since the change, well done.
+. I recommended you to all my colleagues.
+. Best support I have had in years.
+. Love the dark colours, my eyes thank you.
+. That was easy, thanks a million for the quick help.
+. We are very happy with the new plan and its price.
+. The parcel came a day early, nicely packed.
+. Such a warm letter, it made me smile.
+. The captions are excellent, my deaf brother enjoys every film.
+. You went out of your way for us and we noticed.
+. I appreciate how honest you were about the delay.
+. Delighted with the results of my first live show.
+. Thanks to you the children finished their project.
+. I renewed for another year with pleasure.
+. All good now, have a beautiful weekend.
+. The lesson series is superb, more of that please.
+! You were so quick last time, could you once more save us, the show starts in ten minutes.
+! I love your service, but right now nobody in the hall can get in, please hurry.
+! Thank you for picking up so fast, the thief is still in my account at this moment.
+! Wonderful team, one thing that cannot wait: the tickets for tonight are not in my mail.
"""
